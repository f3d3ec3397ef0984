import type { FunctionEvent, FunctionFields } from './function-event.ts';
import { isDisallowedHeader, readOnlyHeaders } from './header-rules.ts';

/** Whether a value parsed from JSON is an object and no array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with a group of query parameters, headers or cookies, or undefined. */
export function findFieldsFault(fields: unknown, where: string): string | undefined {
  if (!isObject(fields)) return `${where} must be an object`;
  for (const [name, field] of Object.entries(fields)) {
    const multiple = isObject(field) && Array.isArray(field.multiValue) ? field.multiValue : [];
    const single = isObject(field) && field.value === undefined && multiple.length > 0 ? [] : [field];
    const wrong = [...single, ...multiple].some((one) => !isObject(one) || typeof one.value !== 'string');
    if (wrong) return `${where}['${name}'].value must be a string`;
  }
  return undefined;
}

/** The same for headers: names, characters, and what is disallowed or read-only in the event. */
export function findHeadersFault(headers: unknown, event: FunctionEvent, before: FunctionFields): string | undefined {
  const fault = findFieldsFault(headers, 'headers');
  if (fault !== undefined || !isObject(headers)) return fault;
  for (const [name, field] of Object.entries(headers)) {
    // "Header names must be lowercase when they're added by your function code."
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return `headers['${name}'] is no lower-case header name`;
    if (isDisallowedHeader(name)) return `headers['${name}'] is disallowed`;
    if (name === 'cookie' || name === 'set-cookie') return `headers['${name}'] belongs in cookies`;
    if (holdsIllegal(field)) return `headers['${name}'].value holds a control character`;
  }
  const changed = readOnlyHeaders[event.context.eventType].find(
    (name) => JSON.stringify(headers[name]) !== JSON.stringify(before[name]),
  );
  return changed === undefined ? undefined : `headers['${changed}'] is read-only`;
}

/** The same for cookies, whose `attributes` are a string. */
export function findCookieFault(cookies: unknown, where: string): string | undefined {
  const fault = findFieldsFault(cookies, where);
  if (fault !== undefined || !isObject(cookies)) return fault;
  for (const [name, field] of Object.entries(cookies)) {
    if (holdsIllegal(field)) return `${where}['${name}'] holds a control character`;
    const attributes = isObject(field) ? field.attributes : undefined;
    if (attributes !== undefined && typeof attributes !== 'string')
      return `${where}['${name}'].attributes must be a string`;
  }
  return undefined;
}

/** Every string of one field: its value, its attributes and those of its duplicates. */
export function fieldStrings(field: unknown): readonly string[] {
  if (!isObject(field)) return [];
  const own = [field.value, field.attributes].filter((text) => typeof text === 'string');
  return Array.isArray(field.multiValue) ? [...own, ...field.multiValue.flatMap(fieldStrings)] : own;
}

/** Whether a text holds an ASCII control character; a tab counts. */
export function holdsControl(text: string): boolean {
  return [...text].some((char) => char < ' ' || char === '\x7f');
}

function holdsIllegal(field: unknown): boolean {
  return fieldStrings(field).some((text) => holdsControl(text.replaceAll('\t', ' ')));
}
