import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element: its text where it has no child elements, else its children by name. An empty element is `''`. */
export type XmlNode = string | XmlTree;
/** Child elements by name; a name that occurs more than once has a list. */
export interface XmlTree {
  readonly [name: string]: XmlNode | readonly XmlNode[];
}
/** What can be written: lists become repeated elements, `undefined` is left out, `@name` is an attribute. */
export type XmlInput = string | number | boolean | undefined | XmlInputTree | readonly XmlInput[];
export interface XmlInputTree {
  readonly [name: string]: XmlInput;
}

/**
 * Reads a request body. Names lose their namespace prefix, attributes are dropped, text is kept to the last space
 * (object keys may begin or end with one), whitespace between elements is not text.
 * @throws SyntaxError where the body is not well-formed XML with exactly one root.
 */
export function parseXml(body: Buffer | string): { readonly root: string; readonly tree: XmlNode } {
  const text = body.toString();
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new SyntaxError(verdict.err.msg);
  const nodes = parser.parse(text) as RawNode[];
  const roots = nodes.map(nameOf).filter((name) => name !== undefined && name !== '?xml');
  const root = roots[0];
  if (root === undefined || roots.length !== 1) throw new SyntaxError('The document must have one root element.');
  return { root, tree: toNode(childrenOf(nodes, root)) };
}

/** Every element `name` under `node`, as a list: empty where there is none or `node` is only text. */
export function xmlList(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  if (node === undefined || typeof node === 'string' || !Object.hasOwn(node, name)) return [];
  const found = node[name];
  if (found === undefined) return [];
  return isList(found) ? found : [found];
}

/** The first element down `path`, or undefined where a step is missing. */
export function xmlChild(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  return path.reduce<XmlNode | undefined>((at, name) => xmlList(at, name)[0], node);
}

/** The text of the first element down `path`, or undefined where it is missing or holds elements. */
export function xmlText(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  const found = xmlChild(node, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** A whole document with declaration. An empty `namespace` writes none. */
export function xmlDocument(rootName: string, namespace: string, tree: XmlInput): string {
  const attribute = namespace === '' ? '' : ` xmlns="${escapeXml(namespace)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${rootName}${attribute}>${contentOf(tree)}</${rootName}>`;
}

/**
 * Text as element content. Control characters become references, as S3 writes them; XML 1.0 allows no reference to
 * most of them either, which is why S3 offers `encoding-type=url`.
 */
export function escapeXml(text: string): string {
  return text.replace(unsafeCharacter, (character) => entities[character] ?? `&#x${codeOf(character)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to escape.
const unsafeCharacter = /[&<>"\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

// Entities are decoded here and not by the parser, whose limits on their number a full DeleteObjects would pass.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  trimValues: false,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
  cdataPropName: '#cdata',
});

/** One node as the parser gives it in document order: `{ name: children }` or `{ '#text': text }`. */
type RawNode = Readonly<Record<string, unknown>>;

function nameOf(node: RawNode): string | undefined {
  return Object.keys(node).find((name) => name !== '#text' && name !== '#cdata' && name !== ':@');
}

function childrenOf(nodes: readonly RawNode[], name: string): readonly RawNode[] {
  const found = nodes.find((node) => nameOf(node) === name)?.[name];
  return Array.isArray(found) ? (found as RawNode[]) : [];
}

function toNode(nodes: readonly RawNode[]): XmlNode {
  const elements = nodes.filter((node) => nameOf(node) !== undefined);
  if (elements.length === 0) return nodes.map(textOf).join('');
  const lists = new Map<string, XmlNode[]>();
  for (const element of elements) {
    const name = nameOf(element) ?? '';
    const list = lists.get(name) ?? [];
    lists.set(name, list);
    list.push(toNode(childrenOf([element], name)));
  }
  return Object.fromEntries([...lists].map(([name, list]) => [name, list.length === 1 ? (list[0] ?? '') : list]));
}

function textOf(node: RawNode): string {
  const cdata = node['#cdata'];
  if (Array.isArray(cdata)) return (cdata as RawNode[]).map((part) => String(part['#text'] ?? '')).join('');
  return String(node['#text'] ?? '').replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => decode(whole, name));
}

function decode(whole: string, name: string): string {
  if (!name.startsWith('#')) return named[name] ?? whole;
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

function contentOf(value: XmlInput): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escapeXml(String(value));
  if (isList(value)) return value.map(contentOf).join('');
  return Object.entries(value)
    .filter(([name]) => !name.startsWith('@'))
    .map(([name, child]) => elementsOf(name, child))
    .join('');
}

function elementsOf(name: string, value: XmlInput): string {
  if (value === undefined) return '';
  if (typeof value === 'object' && isList(value)) return value.map((item) => elementsOf(name, item)).join('');
  return `<${name}${attributesOf(value)}>${contentOf(value)}</${name}>`;
}

function attributesOf(value: XmlInput): string {
  if (value === undefined || typeof value !== 'object' || isList(value)) return '';
  const attributes = Object.entries(value).filter(([name]) => name.startsWith('@'));
  return attributes.map(([name, text]) => ` ${name.slice(1)}="${escapeXml(String(text))}"`).join('');
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase();
}
