import { CdnpubError } from '../model/cdnpub-error.ts';

/** After this time an interrupted run ends whatever it is doing; its lock then runs out by itself. */
const patienceMs = 5_000;

/** Turns Ctrl-C and SIGTERM into an abort signal. A second Ctrl-C, or five seconds, end the process at once. */
export function listenForInterruption(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const interrupt = (name: 'SIGINT' | 'SIGTERM', exit: 130 | 143) => () => {
    if (controller.signal.aborted) process.exit(exit);
    controller.abort(interrupted(name, exit));
    setTimeout(() => process.exit(exit), patienceMs).unref();
  };
  const handlers = [
    ['SIGINT', interrupt('SIGINT', 130)],
    ['SIGTERM', interrupt('SIGTERM', 143)],
  ] as const;
  for (const [name, handler] of handlers) process.on(name, handler);
  return {
    signal: controller.signal,
    stop() {
      for (const [name, handler] of handlers) process.off(name, handler);
    },
  };
}

const interrupted = (name: string, exit: 130 | 143): CdnpubError =>
  new CdnpubError('E_PARTIAL', {
    message: `interrupted (${name})`,
    hints: ['run the same command again: it goes on from here'],
    exit,
  });
