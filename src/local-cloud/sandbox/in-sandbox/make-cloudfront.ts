import type { Bridge } from '../bridge.ts';
import type { makeBuffer } from './make-buffer.ts';

/**
 * The module `cloudfront` inside the sandbox: the helper methods for key value stores. Reads answer at once but through
 * promises, as on CloudFront. Evaluated in the sandbox: self-contained.
 */
export function makeCloudfront(
  bridge: Pick<Bridge, 'openStore' | 'readStore' | 'storeMeta'>,
  buffer: ReturnType<typeof makeBuffer>,
) {
  function kvs(id?: unknown) {
    const arn = bridge.openStore(id === undefined ? '' : String(id));
    if (arn === null) throw new Error('KvsNotFound: no such key value store is associated with the function');
    const meta = () => {
      const text = bridge.storeMeta(arn);
      if (text === null) throw new Error('KvsNotFound: the key value store is gone');
      return JSON.parse(text);
    };
    return {
      async get(key: unknown, options?: { readonly format?: string }) {
        const value = bridge.readStore(arn, String(key));
        if (value === null) throw new Error('KeyNotFound');
        const format = options?.format ?? 'string';
        if (format === 'json') return JSON.parse(value);
        if (format === 'bytes') return buffer.fromText(value);
        if (format !== 'string') throw new TypeError(`unknown format: "${format}"`);
        return value;
      },
      async exists(key: unknown) {
        return bridge.readStore(arn, String(key)) !== null;
      },
      async meta() {
        return meta();
      },
      async count() {
        return meta().keyCount;
      },
    };
  }
  function unsupported(name: string) {
    return () => {
      throw new Error(`${name} is not supported by the local cloud`);
    };
  }
  return {
    kvs,
    updateRequestOrigin: unsupported('updateRequestOrigin'),
    selectRequestOriginById: unsupported('selectRequestOriginById'),
    createRequestOriginGroup: unsupported('createRequestOriginGroup'),
  };
}
