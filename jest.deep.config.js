/** The long searches: `npm run test:deep`. */
const base = require('./jest.config.js');
module.exports = {
  ...base,
  testMatch: ['**/*.deep.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 1800000,
};
