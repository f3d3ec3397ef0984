import type { Bridge } from '../bridge.ts';
import type { makeBuffer } from './make-buffer.ts';

/**
 * `require('crypto')` inside the sandbox: `createHash` and `createHmac` with md5, sha1 or sha256, `update` and
 * `digest`; without an encoding `digest` returns a Buffer (runtime 2.0). Evaluated in the sandbox: self-contained.
 */
export function makeCrypto(bridge: Pick<Bridge, 'digest' | 'hmac' | 'toBytes'>, buffer: ReturnType<typeof makeBuffer>) {
  function hasher(finish: (data: string) => string | null) {
    let data = '';
    let done = false;
    const hash = {
      update(part: unknown, encoding?: unknown) {
        if (done) throw new Error('Digest already called');
        data += buffer.toBinary(buffer.bytesOf(part, encoding));
        return hash;
      },
      digest(encoding?: unknown) {
        if (done) throw new Error('Digest already called');
        done = true;
        const bytes = buffer.Buffer.from(finish(data) ?? '', 'latin1');
        return encoding === undefined ? bytes : buffer.encode(bytes, encoding);
      },
    };
    return hash;
  }
  function known(algorithm: unknown): string {
    const name = String(algorithm).toLowerCase();
    if (!['md5', 'sha1', 'sha256'].includes(name)) throw new TypeError(`not supported algorithm: "${name}"`);
    return name;
  }
  return {
    createHash(algorithm: unknown) {
      const name = known(algorithm);
      return hasher((data) => bridge.digest(name, data));
    },
    createHmac(algorithm: unknown, key: unknown) {
      const name = known(algorithm);
      const secret = buffer.toBinary(buffer.bytesOf(key));
      return hasher((data) => bridge.hmac(name, secret, data));
    },
  };
}
