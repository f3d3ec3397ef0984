import { expect, test } from 'vitest';
import { renderDifference } from '../../src/report/render-difference.ts';

test.each([
  ['a\nb\n', 'a\nb\n', ['  a', '  b']],
  ['a\nb\nc\n', 'a\nx\nc\n', ['  a', '- b', '+ x', '  c']],
  ['', 'a\n', ['- ', '+ a']],
  ['a\nb', 'b', ['- a', '  b']],
  ['a', 'a\nb\r\nc', ['  a', '+ b', '+ c']],
])('%j → %j', (before, after, lines) => expect(renderDifference(before, after)).toEqual(lines));
