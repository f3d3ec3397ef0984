/**
 * The page `/_cdnpub/`: the newest requests, and what CloudFront's caches hold, asked for once a second and changed by
 * nothing here. Text only ever enters it as text.
 */
export const inspectorPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>cdnpub local cloud</title>
<style>
  body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: 0.2rem 0.6rem; border-bottom: 1px solid #8884; vertical-align: top; }
  td { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
  summary { font-size: 1.2rem; margin: 1rem 0 0.4rem; cursor: pointer; }
  .bad { color: #b00020; }
  :root { color-scheme: light dark; }
</style>
<h1>Local cloud</h1>
<p id="note">Everything here is on this machine.</p>
<details id="edge">
  <summary>CloudFront</summary>
  <h3>Distributions</h3>
  <table>
    <thead><tr><th>Id</th><th>Domain</th><th>Status</th><th>Enabled</th><th>Modified</th></tr></thead>
    <tbody id="distributions"></tbody>
  </table>
  <h3>Invalidations, newest first</h3>
  <table>
    <thead><tr><th>Id</th><th>Distribution</th><th>Created</th><th>Status</th><th>Items</th></tr></thead>
    <tbody id="invalidations"></tbody>
  </table>
  <h3>Caches</h3>
  <p>A request picks a point of presence by the header x-cdnpub-pop: N; else it is number 0.</p>
  <table>
    <thead><tr><th>Place</th><th>Name</th><th>Distribution</th><th>Key</th><th>Encoding</th><th>Status</th><th>Bytes</th><th>Age</th><th>Fresh for</th></tr></thead>
    <tbody id="caches"></tbody>
  </table>
</details>
<details id="log" open>
  <summary>Requests, newest first</summary>
  <table>
    <thead><tr><th>No</th><th>Time</th><th>Service</th><th>Operation</th><th>Subject</th><th>Status</th><th>ms</th><th>In</th><th>Out</th><th>Fault</th></tr></thead>
    <tbody id="rows"></tbody>
  </table>
</details>
<script>
  const byId = (id) => document.getElementById(id);
  const mostRows = 500;
  let next = 0;
  function rowOf(cells) {
    const row = document.createElement('tr');
    for (const text of cells) row.appendChild(document.createElement('td')).textContent = text;
    return row;
  }
  function showRequest(entry) {
    const subject = entry.bucket ? entry.bucket + (entry.key === undefined ? '' : '/' + entry.key) : entry.path;
    const row = rowOf([entry.n, new Date(entry.at).toISOString().slice(11, 19), entry.service, entry.op, subject,
      entry.status, entry.ms.toFixed(1), entry.bytesIn, entry.bytesOut, entry.fault || '']);
    if (entry.status >= 400 || entry.status === 0) row.className = 'bad';
    byId('rows').prepend(row);
    while (byId('rows').childElementCount > mostRows) byId('rows').lastElementChild.remove();
  }
  function fill(id, list) {
    const rows = list.slice(0, mostRows).map(rowOf);
    if (list.length > mostRows) rows.push(rowOf(['and ' + (list.length - mostRows) + ' more']));
    byId(id).replaceChildren(...rows);
  }
  function showEdge(edge) {
    fill('distributions', edge.distributions.map((d) => [d.id, d.domain, d.status, d.enabled ? 'yes' : 'no', d.modified]));
    fill('invalidations', edge.invalidations.map((i) => [i.id, i.distributionId, i.created, i.status, i.items.join(' ')]));
    fill('caches', edge.caches.flatMap((cache) => cache.entries.map((e) => [cache.place, cache.name, e.distributionId,
      e.query === '' ? e.uri : e.uri + '?' + e.query, e.encoding, e.status, e.bytes, e.ageSeconds + ' s',
      e.freshForSeconds < 0 ? 'expired' : e.freshForSeconds + ' s'])));
  }
  async function ask(path) {
    return (await fetch(path)).json();
  }
  async function poll() {
    try {
      const answer = await ask('/_cdnpub/requests?since=' + next);
      next = answer.next;
      answer.requests.slice(-mostRows).forEach(showRequest);
      if (byId('edge').open) showEdge(await ask('/_cdnpub/edge'));
      byId('note').textContent = 'Everything here is on this machine.';
    } catch {
      byId('note').textContent = 'The local cloud does not answer.';
    }
    setTimeout(poll, 1000);
  }
  poll();
</script>
</html>
`;
