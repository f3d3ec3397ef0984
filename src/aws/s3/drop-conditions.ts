interface Stack {
  add(middleware: unknown, options: object): void;
}

interface Input {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  readonly Delete?: { readonly Objects?: readonly { readonly ETag?: string }[] };
}

/**
 * Takes the conditions out of a client's writes where the store does not honour them: some answer 501 to what they do
 * not know. Reads send none.
 */
export function dropConditions(stack: Stack, conditions: { readonly honoured: boolean }): void {
  const middleware = (next: (args: object) => Promise<unknown>) => (args: { readonly input: Input }) =>
    next(conditions.honoured ? args : { ...args, input: withoutConditions(args.input) });
  stack.add(middleware, { step: 'initialize', name: 'dropConditions' });
}

function withoutConditions({ IfMatch: _, IfNoneMatch: __, ...input }: Input): Input {
  if (input.Delete?.Objects === undefined) return input;
  return { ...input, Delete: { ...input.Delete, Objects: input.Delete.Objects.map(({ ETag: _, ...name }) => name) } };
}
