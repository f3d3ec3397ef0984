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
    (next: (args: unknown) => Promise<unknown>, context: { readonly commandName?: string }) =>
    async (args: unknown) => {
      gate.guard?.();
      const { write } = note(context.commandName ?? '');
      if (!write) return next(args);
      gate.writesInFlight += 1;
      return next(args).finally(() => {
        gate.writesInFlight -= 1;
      });
    };
  stack.add(middleware, { step: 'finalizeRequest', priority: 'low', name: 'watchClient' });
}
