import { type XmlNode, type XmlTree, xmlChild, xmlText } from '../xml.ts';

/** The elements of a CloudFront list `{Quantity, Items}`, whatever their name; empty where there is none. */
export function itemsOf(list: XmlNode | undefined): readonly XmlNode[] {
  const items = xmlChild(list, 'Items');
  return items === undefined || typeof items === 'string' ? [] : Object.values(items).flat();
}

/** The texts of such a list. */
export function textsOf(list: XmlNode | undefined): readonly string[] {
  return itemsOf(list).map((item) => (typeof item === 'string' ? item : ''));
}

/** A list as CloudFront sends it: without `Items` where it is empty. */
export function listOf(name: string, items: readonly XmlNode[]): XmlTree {
  return items.length === 0 ? { Quantity: '0' } : { Quantity: String(items.length), Items: { [name]: items } };
}

/** Whether the element down `path` says `true`. */
export function isTrue(node: XmlNode | undefined, ...path: readonly string[]): boolean {
  return xmlText(node, ...path)?.trim() === 'true';
}

/** The whole number down `path`, or undefined where it is missing or not one. */
export function integerAt(node: XmlNode | undefined, ...path: readonly string[]): number | undefined {
  const text = xmlText(node, ...path)?.trim();
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** The text down `path`; the empty string where it is missing, as CloudFront treats the two alike. */
export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string {
  return xmlText(node, ...path) ?? '';
}

/** An element as a tree; an empty element has no children. */
export function treeOf(node: XmlNode | undefined): XmlTree {
  return node === undefined || typeof node === 'string' ? {} : node;
}
