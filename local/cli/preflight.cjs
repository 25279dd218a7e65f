/** Runs before anything else, on any Node.js: says in one line what is missing. Plain JavaScript of 2012 on purpose. */
var major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    'Stepwright needs Node.js 20 or later, and this is ' + process.versions.node + ': install Node.js 22 or 24.',
  );
  process.exit(1);
}
try {
  require.resolve('tsx');
} catch (error) {
  console.error('The dependencies are not installed: run npm ci first.');
  process.exit(1);
}
