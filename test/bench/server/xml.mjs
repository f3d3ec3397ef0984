const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export const escapeXml = (text) => String(text).replace(/[<>&'"\r]/g, (found) => `&#${found.charCodeAt(0)};`);

export const unescapeXml = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, number, name) =>
    name === undefined
      ? String.fromCodePoint(hex === undefined ? Number(number) : Number.parseInt(hex, 16))
      : named[name],
  );

/** A document of S3's. */
export const xml = (name, inner) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</${name}>`;

export const element = (name, text) => `<${name}>${escapeXml(text)}</${name}>`;
