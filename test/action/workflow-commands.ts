export interface WorkflowCommand {
  readonly name: string;
  readonly text: string;
}

/**
 * The commands that a GitHub runner takes out of what a step prints: `::name key=value::text` at the start of a line,
 * and the older `##[name key=value]text` anywhere in one.
 */
export function workflowCommands(output: string): readonly WorkflowCommand[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => {
    const found = /^\s*::([^\s:]+)(?: .*?)?::(.*)$/.exec(line) ?? /##\[([^\s\]]+)(?: [^\]]*)?\](.*)$/.exec(line);
    return found === null ? [] : [{ name: found[1] ?? '', text: found[2] ?? '' }];
  });
}
