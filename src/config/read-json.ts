import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { ConfigProblem } from './check-config.ts';
import { type PlacedProblem, placeAt, type ReadFile, showPath } from './placed-problem.ts';

/** Reads JSON with comments and trailing commas: the value (or the one under a key of it) and where each part stands. */
export function readJson(source: string, within: string | undefined): ReadFile {
  const text = source.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const mistakes = errors.map(({ error, offset }) =>
    placeAt(text, offset, '', describeMistake(printParseErrorCode(error))),
  );
  if (mistakes.length > 0 || tree === undefined) {
    return { kind: 'problems', problems: mistakes.length > 0 ? mistakes : [placeAt(text, 0, '', 'the file is empty')] };
  }
  const root = within === undefined ? tree : findNodeAtLocation(tree, [within]);
  const twice = root === undefined ? [] : duplicateKeys(root);
  if (twice.length > 0) {
    const message = 'this key stands here twice';
    return {
      kind: 'problems',
      problems: twice.map(({ offset, keys }) => placeAt(text, offset, showPath(keys), message)),
    };
  }
  const prefix = within === undefined ? [] : [within];
  const place = ({ path, message }: ConfigProblem): PlacedProblem => {
    const keys = [...prefix, ...path];
    return placeAt(text, offsetOf(tree, keys, message), showPath(keys), message);
  };
  return { kind: 'value', value: root === undefined ? undefined : getNodeValue(root), place };
}

/** `CommaExpected` → `comma expected`. */
const describeMistake = (code: string): string => code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** Where a problem stands: at the key if that is what is wrong, else at the value, or at what should hold it. */
function offsetOf(tree: Node, keys: readonly (string | number)[], message: string): number {
  for (let length = keys.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, keys.slice(0, length));
    if (node === undefined) continue;
    const property = node.parent?.type === 'property' ? node.parent : undefined;
    const isKey = length === keys.length && message.startsWith('unknown key');
    return isKey && property !== undefined ? property.offset : node.offset;
  }
  return tree.offset;
}

interface Duplicate {
  readonly offset: number;
  readonly keys: readonly (string | number)[];
}

function duplicateKeys(node: Node, keys: readonly (string | number)[] = []): Duplicate[] {
  const children = node.children ?? [];
  if (node.type === 'array') return children.flatMap((child, index) => duplicateKeys(child, [...keys, index]));
  if (node.type !== 'object') return [];
  const seen = new Set<string>();
  return children.flatMap((property) => {
    const [name, value] = property.children ?? [];
    const key = String(name?.value);
    const own = seen.has(key) ? [{ offset: property.offset, keys: [...keys, key] }] : [];
    seen.add(key);
    return value === undefined ? own : [...own, ...duplicateKeys(value, [...keys, key])];
  });
}
