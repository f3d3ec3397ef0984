export interface WorkflowCommand {
  readonly name: string;
  /** `file=a,line=1`, as it stands; missing where there is none. */
  readonly properties?: string;
  readonly text: string;
}

/**
 * The commands that a GitHub runner takes out of what a step prints: `::name key=value::text` at the start of a line,
 * and the older `##[name key=value]text` anywhere in one.
 */
export function workflowCommands(output: string): readonly WorkflowCommand[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => {
    const found = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line) ?? /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/.exec(line);
    const [, name = '', properties, text = ''] = found ?? [];
    return found === null ? [] : [{ name, ...(properties === undefined ? {} : { properties }), text }];
  });
}
