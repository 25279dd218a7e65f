/**
 * Runs a program of this folder: `node local/cli/run.cjs local/cli/start.ts --port 4700`. Looks first whether it can run at all. What
 * is asked first is that of preflight.cjs, which an old Node.js must get to: nothing newer than arrow functions here.
 */
require('./preflight.cjs');
var spawn = require('node:child_process').spawn;

// Each thread of a function takes an arena of glibc's otherwise, which give nothing back: a tenth of the embedded AWS's memory.
// https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html
var env = Object.assign({ MALLOC_ARENA_MAX: '2' }, process.env);
var child = spawn(process.execPath, ['--import', 'tsx'].concat(process.argv.slice(2)), { stdio: 'inherit', env: env });

['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => {
  process.on(signal, () => {
    // A terminal tells everybody in front of it that somebody pressed Ctrl+C.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
});
child.on('exit', (code, signal) => {
  process.exit(signal ? 1 : code);
});
