import { expect, test } from 'vitest';
import { inspectProject } from '../../src/site/inspect-project.ts';
import { tempSite } from './temp-site.ts';

test.each([
  [{ 'index.html': '<h1>' }, [], null],
  [{ 'package.json': '{}', 'dist/index.html': '' }, ['package.json'], 'dist'],
  [{ 'package.json': '{}', 'dist/app.js': '', 'out/index.html': '' }, ['package.json'], 'out'],
  [{ 'package.json': '{}', '.output/public/index.html': '' }, ['package.json'], '.output/public'],
  [{ 'package.json': '{}', 'dist/shop/browser/index.html': '' }, ['package.json'], 'dist/shop/browser'],
  [{ '.git/HEAD': '', 'node_modules/a/package.json': '{}' }, ['node_modules', '.git'], null],
  [
    { 'index.html': '<script type="module" src="/src/main.tsx"></script>' },
    ['an index.html that loads /src/main.tsx'],
    null,
  ],
  [
    { 'index.html': "<SCRIPT async type=module src='./main.ts?v=1'></SCRIPT>" },
    ['an index.html that loads ./main.ts?v=1'],
    null,
  ],
  [{ 'index.html': '<script src=app.jsx></script>' }, ['an index.html that loads app.jsx'], null],
  [{ 'index.html': '<script type="module" src="/assets/index-DiwrgTda.js"></script>' }, [], null],
  [{ 'index.html': '<!-- <script src="/src/main.ts"></script> --><script>import("/x.ts")</script>' }, [], null],
  [{ 'index.html': '<script data-src="/main.ts" src="a.js"></script>' }, [], null],
  [{ 'docs/package.json': '{}', 'index.html': '' }, [], null],
])('row %#', (files, signs, probableBuild) => {
  expect(inspectProject(tempSite(files))).toEqual({ signs, probableBuild });
});
