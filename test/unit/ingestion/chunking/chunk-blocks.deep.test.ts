// The properties of chunk-blocks.test.ts, searched seven times as long.
process.env.SEARCH_FACTOR = '7';
require('./chunk-blocks.test');
