// A small shop that speaks the shop API (shop-api.md), to begin from. Node 20 or later, nothing to install:
//   KEY=choose-one PORT=8090 node shop-api-sample.mjs
// It listens on this machine alone and keeps everything in memory; put your database where the maps are, and your
// web server with HTTPS before it. With HOOK_URL and HOOK_SECRET from Settings › Shops it tells what changes, too.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { KEY = 'sample-key', PORT = '8090', HOOK_URL, HOOK_SECRET } = process.env;
const orders = new Map();
const products = new Map();
const done = new Map(); // what was answered to each Idempotency-Key
let last = 0;

/** Every change has a later time than the one before. */
function touch(object) {
  last = Math.max(Date.now(), last + 1);
  object.changedAt = new Date(last).toISOString();
  return object;
}

products.set('p-1', touch({
  id: 'p-1', title: 'Beanie', attributes: { Material: 'Merino' },
  variants: ['S', 'M'].map((size) => ({ id: `p-1-${size}`, title: size, price: '19.90', currency: 'EUR', stock: 12, options: { Size: size } })),
}));
orders.set('1001', touch({
  id: '1001', number: '#1001', placedAt: '2026-11-18T09:30:00Z', currency: 'EUR', total: '44.70',
  buyer: { email: 'ada@example.com', name: 'Ada Lovelace' }, payment: 'paid', fulfilment: 'unfulfilled',
  lines: [{ id: '1', productId: 'p-1', variantId: 'p-1-M', title: 'Beanie', quantity: 2, unitPrice: '19.90', options: { Size: 'M' } }],
  charges: [{ kind: 'shipping', title: 'DHL', amount: '4.90' }],
  payments: [{ kind: 'capture', method: 'Visa •••• 4242', amount: '44.70', at: '2026-11-18T09:30:05Z' }],
  refunds: [], shipTo: { name: 'Ada Lovelace', line1: 'Kastanienallee 12', postcode: '10435', city: 'Berlin', country: 'DE' },
}));

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function list(all, query) {
  if (query.has('ids')) {
    return { items: query.get('ids').split(',').map((id) => all.get(id)).filter(Boolean) };
  }
  const limit = Math.min(Number(query.get('limit') ?? 100), 100);
  const since = query.get('changed_since') ? new Date(query.get('changed_since')).toISOString() : '';
  const place = (one) => `${one.changedAt}/${one.id}`;
  const found = [...all.values()]
    .filter((one) => one.changedAt >= since && place(one) > (query.get('cursor') ?? ''))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
  const items = found.slice(0, limit);
  return found.length > limit ? { items, next: place(items.at(-1)) } : { items };
}

// Cents, so that nothing is ever a fraction.
const cents = (amount) => Math.round(Number(amount) * 100);

const actions = {
  note(order, { text }) {
    order.note = [order.note, text].filter(Boolean).join('\n');
    return {};
  },
  change_address(order, { address }) {
    if (order.fulfilment !== 'unfulfilled') throw new Refusal(409, 'It has been sent already.');
    order.shipTo = address;
    return {};
  },
  refund(order, { lines, amount, note, to }) {
    if (to !== 'original') throw new Refusal(422, 'We give money back only the way it was paid.');
    const before = order.refunds.reduce((sum, one) => sum + cents(one.amount), 0);
    if (before + cents(amount) > cents(order.total)) throw new Refusal(422, 'That is more than was paid.');
    const id = `re_${done.size + 1}`;
    order.refunds.push({ id, amount, at: new Date().toISOString(), reason: note ?? null, lines });
    order.payment = before + cents(amount) === cents(order.total) ? 'refunded' : 'partially_refunded';
    return { reference: id };
  },
};

function act(order, action, key) {
  if (!key) throw new Refusal(400, 'Idempotency-Key is missing.');
  if (done.has(key)) return done.get(key);
  const does = actions[action.kind];
  if (!does) throw new Refusal(501, 'This shop does not do that.');
  const answer = does(order, action);
  done.set(key, answer);
  tell(touch(order));
  return answer;
}

/** Sent again by whoever keeps a queue; here it is only tried once. */
async function tell(order) {
  if (!HOOK_URL) return;
  const id = `evt_${order.id}_${last}`;
  const at = String(Math.floor(Date.now() / 1000));
  const body = JSON.stringify({ type: 'order.changed', data: order });
  const key = Buffer.from(HOOK_SECRET.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
  await fetch(HOOK_URL, { method: 'POST', headers, body }).catch((error) => console.error(String(error)));
}

function allowed(header = '') {
  const given = Buffer.from(header);
  const right = Buffer.from(`Bearer ${KEY}`);
  return given.length === right.length && timingSafeEqual(given, right);
}

function answer(request, body) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const parts = pathname.split('/').slice(1).map(decodeURIComponent);
  if (!allowed(request.headers.authorization)) throw new Refusal(401, 'Unknown key.');
  switch (`${request.method} ${parts[0]} ${parts.length}`) {
    case 'GET shop 1': return { name: 'Sample', currency: 'EUR', actions: Object.keys(actions) };
    case 'GET orders 1': return list(orders, searchParams);
    case 'GET products 1': return list(products, searchParams);
    case 'GET actions 2':
      if (!done.has(parts[1])) throw new Refusal(404, 'Nothing was done under this key.');
      return done.get(parts[1]);
    case 'POST orders 3':
      if (!orders.has(parts[1])) throw new Refusal(404, 'There is no such order.');
      return act(orders.get(parts[1]), JSON.parse(body), request.headers['idempotency-key']);
    default: throw new Refusal(404, 'There is nothing here.');
  }
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let status = 200;
  let json;
  try {
    json = answer(request, Buffer.concat(chunks).toString());
  } catch (error) {
    status = error.status ?? 500;
    json = { message: error instanceof Refusal ? error.message : 'Something went wrong.' };
  }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}).listen(Number(PORT), '127.0.0.1', function () {
  console.log(`http://127.0.0.1:${this.address().port}`);
});
