import type { Bridge } from '../bridge.ts';
import type { makeBuffer } from './make-buffer.ts';
import type { makeCloudfront } from './make-cloudfront.ts';
import type { makeCrypto } from './make-crypto.ts';
import type { makeQuerystring } from './make-querystring.ts';

export interface Makers {
  readonly makeBuffer: typeof makeBuffer;
  readonly makeCrypto: typeof makeCrypto;
  readonly makeQuerystring: typeof makeQuerystring;
  readonly makeCloudfront: typeof makeCloudfront;
}

/**
 * Makes a fresh context look like CloudFront's runtime: removes what the runtime does not list, adds its modules, stops
 * the clock ("Date always returns the same value: the function's start time") and freezes the globals. Evaluated in the
 * sandbox: self-contained.
 */
export function furnishGlobals(hostBridge: Bridge, makers: Makers, eventText: string, startedAt: number): void {
  const bridge = guard(hostBridge);
  const buffer = makers.makeBuffer(bridge);
  const crypto = makers.makeCrypto(bridge, buffer);
  const querystring = makers.makeQuerystring(bridge);
  const required: Readonly<Record<string, unknown>> = { crypto, querystring, buffer: { Buffer: buffer.Buffer } };
  const imported: Readonly<Record<string, unknown>> = {
    ...required,
    cloudfront: makers.makeCloudfront(bridge, buffer),
  };

  removeUnlisted();
  define('Date', stoppedDate());
  define(
    'console',
    Object.freeze({ log: (...parts: readonly unknown[]) => void bridge.log(parts.map(show).join(' ')) }),
  );
  define('Buffer', buffer.Buffer);
  define('atob', (text: unknown) =>
    recode(String(text).replace(/\s/g, ''), /^[A-Za-z0-9+/]*={0,2}$/, 'base64', 'latin1'),
  );
  define('btoa', (text: unknown) => recode(String(text), /^[\0-\xff]*$/, 'latin1', 'base64'));
  define('require', (name: unknown) => pick(required, String(name)));
  define('__import', (name: unknown) => pick(imported, String(name)));
  define('__invoke', invoke);
  // An error's stack formatter would see the host's frames.
  Object.defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false });
  for (const name of Object.getOwnPropertyNames(globalThis)) define(name, readGlobal(name));

  function readGlobal(name: string): unknown {
    return (globalThis as unknown as Record<string, unknown>)[name];
  }
  function define(name: string, value: unknown) {
    Object.defineProperty(globalThis, name, { value, writable: false, enumerable: false, configurable: false });
  }

  /** Near the end of the stack a call of the host may throw the host's own RangeError: it is replaced by ours. */
  function guard(host: Bridge): Bridge {
    const entries = Object.entries(host).map(([name, call]) => [
      name,
      (...args: readonly unknown[]) => {
        try {
          return call(...args.map(String));
        } catch {
          throw new Error(`${name} failed`);
        }
      },
    ]);
    return Object.fromEntries(entries);
  }

  function removeUnlisted() {
    const listed = new Set(
      (
        'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise ' +
        'RegExp Error EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math ' +
        'ArrayBuffer DataView Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array ' +
        'Float64Array Uint8ClampedArray decodeURI decodeURIComponent encodeURI encodeURIComponent eval isFinite isNaN'
      ).split(' '),
    );
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      if (!listed.has(name)) delete (globalThis as unknown as Record<string, unknown>)[name];
    }
  }

  function stoppedDate() {
    const RealDate = Date;
    function StoppedDate(this: unknown, ...parts: readonly unknown[]) {
      const now = new RealDate(startedAt);
      if (new.target === undefined) return now.toString();
      return parts.length === 0 ? now : new RealDate(...(parts as unknown as [number]));
    }
    RealDate.prototype.constructor = StoppedDate as unknown as DateConstructor;
    const statics = { now: () => startedAt, parse: RealDate.parse, UTC: RealDate.UTC, prototype: RealDate.prototype };
    return Object.assign(StoppedDate, statics);
  }

  function recode(text: string, valid: RegExp, from: string, to: string): string | null {
    if (!valid.test(text)) throw new TypeError('invalid characters in the string');
    const bytes = bridge.toBytes(text, from);
    return bytes === null ? null : bridge.fromBytes(bytes, to);
  }

  function show(value: unknown): string {
    if (value instanceof Error) return String(value);
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : undefined;
    return text ?? String(value);
  }

  function pick(modules: Readonly<Record<string, unknown>>, name: string): unknown {
    if (!Object.hasOwn(modules, name)) throw new Error(`Cannot find module "${name}"`);
    return modules[name];
  }

  function invoke(handler: unknown) {
    if (typeof handler !== 'function') return bridge.finish('error', 'ReferenceError: "handler" is not defined');
    const fail = (error: unknown) => bridge.finish('error', String(error));
    const answer = (value: unknown) => {
      try {
        bridge.finish('value', JSON.stringify(value) ?? 'null');
      } catch (error) {
        fail(error);
      }
    };
    try {
      Promise.resolve(handler(JSON.parse(eventText))).then(answer, fail);
    } catch (error) {
      fail(error);
    }
    return null;
  }
}
