/** What a row comes to whose last call the service refused. */
export const failed = (error: string, status: number) => ({ error, status });
