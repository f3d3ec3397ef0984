/** The page `/_cdnpub/`: the newest requests, asked for once a second. Text only ever enters it as text. */
export const inspectorPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>cdnpub local cloud</title>
<style>
  body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: 0.2rem 0.6rem; border-bottom: 1px solid #8884; vertical-align: top; }
  td { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
  .bad { color: #b00020; }
  :root { color-scheme: light dark; }
</style>
<h1>Local cloud</h1>
<p id="note">Requests to the local S3 and CloudFront, newest first.</p>
<table>
  <thead><tr><th>No</th><th>Time</th><th>Service</th><th>Operation</th><th>Subject</th><th>Status</th><th>ms</th><th>In</th><th>Out</th><th>Fault</th></tr></thead>
  <tbody id="rows"></tbody>
</table>
<script>
  const rows = document.getElementById('rows');
  let next = 0;
  function show(entry) {
    const row = document.createElement('tr');
    const subject = entry.bucket ? entry.bucket + (entry.key === undefined ? '' : '/' + entry.key) : entry.path;
    const cells = [entry.n, new Date(entry.at).toISOString().slice(11, 19), entry.service, entry.op, subject,
      entry.status, entry.ms.toFixed(1), entry.bytesIn, entry.bytesOut, entry.fault || ''];
    for (const text of cells) row.appendChild(document.createElement('td')).textContent = text;
    if (entry.status >= 400 || entry.status === 0) row.className = 'bad';
    rows.prepend(row);
    while (rows.childElementCount > 500) rows.lastElementChild.remove();
  }
  async function poll() {
    try {
      const answer = await (await fetch('/_cdnpub/requests?since=' + next)).json();
      next = answer.next;
      answer.requests.slice(-500).forEach(show);
      document.getElementById('note').textContent = 'Requests to the local S3 and CloudFront, newest first.';
    } catch {
      document.getElementById('note').textContent = 'The local cloud does not answer.';
    }
    setTimeout(poll, 1000);
  }
  poll();
</script>
</html>
`;
