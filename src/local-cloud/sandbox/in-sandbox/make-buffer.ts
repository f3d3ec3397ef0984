import type { Bridge } from '../bridge.ts';

/**
 * `Buffer` inside the sandbox: the methods that the "JavaScript runtime 2.0 features" page lists, over a typed array of
 * the sandbox. This function's own text is evaluated there, so it must not use anything from outside itself.
 */
export function makeBuffer(bridge: Pick<Bridge, 'toBytes' | 'fromBytes'>) {
  const encodings = ['utf8', 'utf-8', 'hex', 'base64', 'base64url', 'latin1', 'binary', 'ascii', 'utf16le'];
  const numbers: readonly (readonly [string, number])[] = [
    ['Int8', 1],
    ['Uint8', 1],
    ['Int16', 2],
    ['Uint16', 2],
    ['Int32', 4],
    ['Uint32', 4],
    ['Float32', 4],
    ['Float64', 8],
  ];

  function wrap(bytes: Uint8Array): Uint8Array {
    return Object.setPrototypeOf(bytes, prototype);
  }
  function knownEncoding(encoding: unknown): string {
    const name = encoding === undefined ? 'utf8' : String(encoding).toLowerCase();
    if (!encodings.includes(name)) throw new TypeError(`Unknown encoding: "${name}"`);
    return name;
  }
  function fromText(text: string, encoding?: unknown): Uint8Array {
    const binary = bridge.toBytes(text, knownEncoding(encoding)) ?? '';
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return wrap(bytes);
  }
  function toBinary(bytes: Uint8Array): string {
    let text = '';
    for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i] ?? 0);
    return text;
  }
  function encode(bytes: Uint8Array, encoding: unknown): string {
    return bridge.fromBytes(toBinary(bytes), knownEncoding(encoding)) ?? '';
  }
  function bytesOf(value: unknown, encoding?: unknown): Uint8Array {
    if (typeof value === 'string') return fromText(value, encoding);
    if (value instanceof Uint8Array) return value;
    throw new TypeError('a string or a Buffer is needed');
  }
  function compareBytes(a: Uint8Array, b: Uint8Array): number {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const [x = 0, y = 0] = [a[i], b[i]];
      if (x !== y) return x < y ? -1 : 1;
    }
    return Math.sign(a.length - b.length);
  }
  function find(bytes: Uint8Array, value: unknown, from: number, encoding?: unknown): number {
    const wanted = typeof value === 'number' ? new Uint8Array([value]) : bytesOf(value, encoding);
    for (let at = from < 0 ? Math.max(0, bytes.length + from) : from; at + wanted.length <= bytes.length; at++) {
      if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
    }
    return -1;
  }

  const methods = {
    toString(this: Uint8Array, encoding?: unknown, start = 0, end = this.length) {
      return encode(this.subarray(start, end), encoding);
    },
    toJSON(this: Uint8Array) {
      return { type: 'Buffer', data: Array.from(this) };
    },
    equals(this: Uint8Array, other: unknown) {
      return compareBytes(this, bytesOf(other)) === 0;
    },
    compare(this: Uint8Array, other: unknown) {
      return compareBytes(this, bytesOf(other));
    },
    subarray(this: Uint8Array, start?: number, end?: number) {
      return wrap(new Uint8Array(this.buffer, this.byteOffset, this.length).subarray(start, end));
    },
    slice(this: Uint8Array, start?: number, end?: number) {
      return wrap(new Uint8Array(this.buffer, this.byteOffset, this.length).subarray(start, end));
    },
    copy(this: Uint8Array, target: Uint8Array, targetStart = 0, start = 0, end = this.length) {
      const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
      target.set(part, targetStart);
      return part.length;
    },
    write(this: Uint8Array, text: string, offset = 0, length = this.length - offset, encoding?: unknown) {
      const part = fromText(text, encoding).subarray(0, Math.min(length, this.length - offset));
      this.set(part, offset);
      return part.length;
    },
    fill(this: Uint8Array, value: unknown, start = 0, end = this.length, encoding?: unknown) {
      const pattern = typeof value === 'number' ? new Uint8Array([value]) : bytesOf(value, encoding);
      for (let i = start; i < end; i++) this[i] = pattern[(i - start) % pattern.length] ?? 0;
      return this;
    },
    indexOf(this: Uint8Array, value: unknown, from = 0, encoding?: unknown) {
      return find(this, value, from, encoding);
    },
    includes(this: Uint8Array, value: unknown, from = 0, encoding?: unknown) {
      return find(this, value, from, encoding) >= 0;
    },
  };
  const prototype = Object.assign(Object.create(Uint8Array.prototype), methods);

  // readUInt8, writeInt16LE and so on. One byte has no order; Float32 is called Float, Float64 is called Double.
  for (const [kind, size] of numbers) {
    for (const order of size === 1 ? [''] : ['LE', 'BE']) {
      const name = kind.replace('Uint', 'UInt').replace('Float32', 'Float').replace('Float64', 'Double') + order;
      const view = (bytes: Uint8Array, method: string, args: readonly unknown[]) => {
        const data: Record<string, (...values: readonly unknown[]) => unknown> = Object(
          new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
        );
        return data[method]?.(...args, order === 'LE');
      };
      prototype[`read${name}`] = function (this: Uint8Array, offset = 0) {
        return view(this, `get${kind}`, [offset]);
      };
      prototype[`write${name}`] = function (this: Uint8Array, value: number, offset = 0) {
        view(this, `set${kind}`, [offset, value]);
        return offset + size;
      };
    }
  }

  function Buffer() {
    throw new TypeError('Buffer is not a constructor');
  }
  const statics = {
    prototype,
    alloc(size: number, fill?: unknown, encoding?: unknown) {
      const bytes = wrap(new Uint8Array(size));
      return fill === undefined ? bytes : methods.fill.call(bytes, fill, 0, size, encoding);
    },
    allocUnsafe(size: number) {
      return wrap(new Uint8Array(size));
    },
    from(value: unknown, encodingOrOffset?: unknown, length?: number) {
      if (typeof value === 'string') return fromText(value, encodingOrOffset);
      if (value instanceof ArrayBuffer) return wrap(new Uint8Array(value, Number(encodingOrOffset ?? 0), length));
      const data = Object(value);
      return wrap(Uint8Array.from(data.type === 'Buffer' && Array.isArray(data.data) ? data.data : data));
    },
    concat(list: readonly Uint8Array[], total = list.reduce((sum, part) => sum + part.length, 0)) {
      const bytes = new Uint8Array(total);
      let at = 0;
      for (const part of list) {
        bytes.set(part.subarray(0, total - at), at);
        at += Math.min(part.length, total - at);
      }
      return wrap(bytes);
    },
    byteLength(value: unknown, encoding?: unknown) {
      return bytesOf(value, encoding).length;
    },
    compare(a: unknown, b: unknown) {
      return compareBytes(bytesOf(a), bytesOf(b));
    },
    isBuffer(value: unknown) {
      return value instanceof Uint8Array && Object.getPrototypeOf(value) === prototype;
    },
    isEncoding(encoding: unknown) {
      return encodings.includes(String(encoding).toLowerCase());
    },
    [Symbol.species]: Uint8Array,
  };
  prototype.constructor = Buffer;
  return { Buffer: Object.assign(Buffer, statics), fromText, toBinary, bytesOf, encode };
}
