import { type Context, createContext, Script } from 'node:vm';
import type { Bridge } from './bridge.ts';
import { furnishGlobals } from './in-sandbox/furnish-globals.ts';
import { makeBuffer } from './in-sandbox/make-buffer.ts';
import { makeCloudfront } from './in-sandbox/make-cloudfront.ts';
import { makeCrypto } from './in-sandbox/make-crypto.ts';
import { makeQuerystring } from './in-sandbox/make-querystring.ts';

/**
 * A context for one run: nothing that a function leaves behind in one request is there in the next. Text cannot be
 * compiled in it, and promises run to their end within the run, so the run's time limit holds for them too.
 */
export function createFunctionContext(options: {
  readonly bridge: Bridge;
  readonly eventText: string;
  /** Milliseconds since the epoch; all that `Date` shows. */
  readonly startedAt: number;
}): Context {
  const context = createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  const furnish: (bridge: Bridge, eventText: string, startedAt: number) => void = furniture.runInContext(context);
  furnish(options.bridge, options.eventText, options.startedAt);
  return context;
}

const makers = Object.entries({ makeBuffer, makeCrypto, makeQuerystring, makeCloudfront });

/** The functions' own text, evaluated inside, so that everything a function meets was made in its context. */
const furniture = new Script(
  `(function (bridge, eventText, startedAt) {
    'use strict';
    const makers = { ${makers.map(([name, make]) => `${name}: ${make}`).join(',\n')} };
    (${furnishGlobals})(bridge, makers, eventText, startedAt);
  })`,
  { filename: 'sandbox.js' },
);
