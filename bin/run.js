#!/usr/bin/env node
const argv = process.argv.slice(2);

// Asked by scripts and editors over and over: answered before anything is loaded, in oclif's own words.
if (argv.length === 1 && /^(?:-v|--version)$/.test(argv[0])) {
  const { readFileSync } = await import('node:fs');
  const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`);
} else {
  const { runCli } = await import('../dist/ui/run-cli.js');
  await runCli(argv, import.meta.url);
}
