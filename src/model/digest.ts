/** SHA-256 of a text's UTF-8 bytes as lower-case hex; passed into pure code, which computes nothing of that kind itself. */
export type Digest = (text: string) => string;
