interface Stack {
  add(middleware: unknown, options: object): void;
}

/** What every request of a run passes on its way out. */
export interface RequestGate {
  /** Asked before each attempt; what it throws is the request's error. */
  guard: (() => void) | undefined;
  writesInFlight: number;
}

/** Of what kind a command is: counted under its heading, and known for a write or not. */
export type Note = (commandName: string) => { readonly write: boolean };

/** Lets each attempt of a client's commands pass the gate: placed behind the retries, just before the wire. */
export function watchClient(stack: Stack, gate: RequestGate, note: Note): void {
  const middleware =
    (next: (args: unknown) => Promise<unknown>, context: { readonly commandName?: string }) => (args: unknown) =>
      passGate({ gate, note, command: context.commandName ?? '' }, () => next(args));
  stack.add(middleware, { step: 'finalizeRequest', priority: 'low', name: 'watchClient' });
}

/** Sends one request through the gate: it may be forbidden, it is counted, and a write is known to be in flight. */
export async function passGate<T>(
  { gate, note, command }: { readonly gate: RequestGate; readonly note: Note; readonly command: string },
  send: () => Promise<T>,
): Promise<T> {
  gate.guard?.();
  const { write } = note(command);
  if (!write) return send();
  gate.writesInFlight += 1;
  return send().finally(() => {
    gate.writesInFlight -= 1;
  });
}
