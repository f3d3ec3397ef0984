/** The shape of a JSON value: a type, with `?` where it may be null; a list of one shape; an object with exactly these keys. */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'string?'
  | 'number?'
  | readonly [Shape]
  | { readonly [key: string]: Shape }
  | Maybe;

/** A shape in whose place null may stand. */
export interface Maybe {
  readonly orNull: Shape;
}

/** Where a value differs from its shape, by path; empty where it conforms. */
export function misfits(value: unknown, shape: Shape, path = '$'): readonly string[] {
  if (typeof shape === 'string') return misfitsOfType(value, shape, path);
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((item, index) => misfits(item, shape[0], `${path}[${index}]`));
  }
  if ('orNull' in shape) return value === null ? [] : misfits(value, shape.orNull as Shape, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`];
  const keys = new Set([...Object.keys(value), ...Object.keys(shape)]);
  return [...keys].flatMap((key) => misfitsOfKey(value as Record<string, unknown>, shape, key, `${path}.${key}`));
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

function misfitsOfKey(
  value: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, Shape>>,
  key: string,
  path: string,
): readonly string[] {
  const wanted = shape[key];
  if (wanted === undefined) return [`${path} is not in the contract`];
  return key in value ? misfits(value[key], wanted, path) : [`${path} is missing`];
}

function misfitsOfType(value: unknown, type: string, path: string): readonly string[] {
  if (value === null && type.endsWith('?')) return [];
  return typeof value === type.replace('?', '') ? [] : [`${path} is ${JSON.stringify(value)}, no ${type}`];
}
