import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import type { ConfigProblem } from './check-config.ts';
import { type PlacedProblem, type ReadFile, showPath } from './placed-problem.ts';

/** Reads YAML 1.2: the value, and where each part stands. */
export function readYaml(text: string): ReadFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return { kind: 'problems', problems: document.errors.map((error) => placeMistake(error, lines)) };
  }
  if (document.contents === null) {
    return { kind: 'problems', problems: [{ line: 1, column: 1, path: '', message: 'the file is empty' }] };
  }
  const place = ({ path, message }: ConfigProblem): PlacedProblem => {
    const offset = offsetOf(document, path, message.startsWith('unknown key'));
    const { line, col } = lines.linePos(offset);
    return { line, column: col, path: showPath(path), message };
  };
  return { kind: 'value', value: document.toJS(), place };
}

function placeMistake({ pos, code, message }: YAMLError, lines: LineCounter): PlacedProblem {
  const { line, col } = lines.linePos(pos[0]);
  const told = code === 'DUPLICATE_KEY' ? 'this key stands here twice' : message.replace(/\s+at line \d+[\s\S]*$/, '');
  return { line, column: col, path: '', message: told };
}

/** Where a problem stands: at the key if that is what is wrong, else at the value, or at what should hold it. */
function offsetOf(document: Document, path: readonly (string | number)[], isKey: boolean): number {
  for (let length = path.length; length > 0; length--) {
    const holder = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(holder) ? holder.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const keyNode = pair !== undefined && isScalar(pair.key) ? pair.key : undefined;
    const value = document.getIn(path.slice(0, length), true);
    const node = isKey && length === path.length ? keyNode : hasRange(value) ? value : keyNode;
    if (node?.range != null) return node.range[0];
  }
  return hasRange(document.contents) ? document.contents.range[0] : 0;
}

const hasRange = (node: unknown): node is Node & { readonly range: readonly [number, number, number] } =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
