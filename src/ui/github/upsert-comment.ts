/** Where comments are written, and with whose leave. */
export interface CommentPlace {
  /** `https://api.github.com`. */
  readonly api: string;
  readonly token: string;
  /** `OWNER/REPO`. */
  readonly repository: string;
  readonly pullRequest: number;
}

interface Comment {
  readonly id: number;
  readonly body?: string | null;
}

/** A comment is no reason to keep a deploy's end waiting. */
const timeoutMs = 10_000;
const pageSize = 100;
/** Pages looked through for an earlier comment. */
const mostPages = 10;

/**
 * Brings the comment that begins with `marker` up to date, or writes it. Throws what keeps it from it. One that begins
 * so and is another's cannot be changed: then a new one is written.
 */
export async function upsertComment(place: CommentPlace, marker: string, body: string): Promise<void> {
  const { repository, pullRequest } = place;
  const comments = `/repos/${repository}/issues/${pullRequest}/comments`;
  const found = await findComment(place, comments, marker);
  if (found !== undefined) {
    const answer = await ask(place, 'PATCH', `/repos/${repository}/issues/comments/${found.id}`, { body });
    if (answer.ok) return;
    if (answer.status !== 403 && answer.status !== 404) throw refused(answer);
  }
  const answer = await ask(place, 'POST', comments, { body });
  if (!answer.ok) throw refused(answer);
}

async function findComment(place: CommentPlace, path: string, marker: string): Promise<Comment | undefined> {
  for (let page = 1; page <= mostPages; page++) {
    const answer = await ask(place, 'GET', `${path}?per_page=${pageSize}&page=${page}`);
    if (!answer.ok) throw refused(answer);
    const comments = (await answer.json()) as readonly Comment[];
    const found = comments.find((comment) => comment.body?.startsWith(marker));
    if (found !== undefined || comments.length < pageSize) return found;
  }
  return undefined;
}

const ask = ({ api, token }: CommentPlace, method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${api}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'user-agent': 'cdnpub',
      'x-github-api-version': '2022-11-28',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  });

/** Without the answer's text: nothing of it is worth a risk. */
const refused = ({ status }: Response): Error => new Error(`GitHub answered ${status}`);
