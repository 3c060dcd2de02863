// The shop that the desk is measured in: the packaged program, and what customers write to it.
import { spawn, spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'

const HOLD = join(dirname(fileURLToPath(import.meta.url)), '..', 'Hold.java')

export const options = Object.fromEntries(
  process.argv.slice(2).map((each) => each.replace(/^--/, '').split('=', 2)).map(([name, value]) => [name, value ?? 'yes']),
)
export const number = (name, otherwise) => Number(options[name] ?? otherwise)
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

function java() {
  const candidates = [process.env.JAVA_HOME && join(process.env.JAVA_HOME, 'bin/java'), 'java', '/usr/lib/jvm/temurin-25-jdk-amd64/bin/java']
  const found = candidates.filter(Boolean).find((each) => Number(/version "(\d+)/.exec(spawnSync(each, ['-version']).stderr ?? '')?.[1]) >= 25)
  if (!found) throw new Error('A JDK 25 is needed: set JAVA_HOME.')
  return found
}

/** The packaged program with so many conversations of the past, started and taken away by Hold.java. */
export async function open(past) {
  const passed = ['jar', 'data'].filter((each) => options[each]).map((each) => `--${each}=${options[each]}`)
  const arguments_ = [HOLD, `--conversations=${past}`, ...passed]
  const held = spawn(java(), arguments_, { stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = new Promise((resolve) => held.once('exit', resolve))
  const line = await Promise.race([
    new Promise((resolve) => createInterface(held.stdout).once('line', resolve)),
    gone.then(() => Promise.reject(new Error('It does not start.'))),
  ])
  const shop = JSON.parse(line)
  const api = async (method, path, body) => {
    for (;;) {
      const answer = await fetch(`${shop.address}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${shop.token}`, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      if (answer.status === 429) {
        await sleep(1000 * Number(answer.headers.get('Retry-After') ?? 1))
        continue
      }
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
      return text ? JSON.parse(text) : null
    }
  }
  const close = () => {
    held.stdin.end()
    return gone
  }
  return { ...shop, api, close }
}

/** Hands mails over, one after the other, on one connection, and waits until all have been taken in. */
export async function send({ smtp, api }, mails) {
  const socket = connect(smtp, '127.0.0.1')
  socket.setNoDelay(true)
  let text = ''
  let wake = () => {}
  socket.on('data', (bytes) => {
    text += bytes
    wake()
  })
  const reply = async () => {
    while (!/^\d{3} .*\r\n/m.test(text)) await new Promise((resolve) => (wake = resolve))
    const said = text
    text = ''
    if (!/^[23]/m.test(said)) throw new Error(said)
  }
  const say = async (line) => {
    socket.write(`${line}\r\n`)
    await reply()
  }
  await reply()
  await say('EHLO bench.example')
  for (const { from, raw } of mails) {
    await say(`MAIL FROM:<${from}>`)
    await say('RCPT TO:<care@shop.example>')
    await say('DATA')
    await say(`${raw.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..')}\r\n.`)
  }
  socket.end('QUIT\r\n')
  while ((await api('GET', '/installation')).mail.oldestWaiting !== null) await sleep(50)
}

function crc32(bytes) {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

const WORDS = 'the parcel has not arrived and nobody at the depot knows where it is since Monday so please look into this for me thank you'.split(' ')
const sentence = (n, length = 12) => Array.from({ length }, (_, i) => WORDS[(n * 7 + i * 3) % WORDS.length]).join(' ')

// A picture of 640 by 480 points, grey in a raster: small on the wire, as large as any when it is drawn.
const PICTURE = (() => {
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data])
    const end = Buffer.alloc(4)
    end.writeUInt32BE(crc32(body))
    const size = Buffer.alloc(4)
    size.writeUInt32BE(data.length)
    return Buffer.concat([size, body, end])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(640, 0)
  head.writeUInt32BE(480, 4)
  head[8] = 8
  const rows = Buffer.alloc(641 * 480)
  for (let y = 0; y < 480; y++) for (let x = 0; x < 641; x++) rows[y * 641 + x] = x === 0 ? 0 : (x * y) % 251
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), ...parts])
  return png.toString('base64').replace(/.{76}/g, '$&\n')
})()

/** A mail in one of three shapes by its number: plain with a quote, laid out in HTML, or with two pictures. */
function mail(n, { name, address, subject, id, answers }) {
  const head = [
    `From: ${name} <${address}>`,
    'To: care@shop.example',
    `Subject: ${subject}`,
    `Message-ID: <${id}>`,
    ...(answers ? [`In-Reply-To: <${answers}>`] : []),
    'MIME-Version: 1.0',
  ]
  const made = (...lines) => ({ from: address, raw: [...head, ...lines].join('\n') })
  if (n % 3 === 0) {
    return made('Content-Type: text/plain; charset=utf-8', '', sentence(n, 40), '', 'On Monday, Shop wrote:', `> ${sentence(n + 2, 30)}`)
  }
  if (n % 3 === 1) {
    const html = `<table width="600" style="background:#eef"><tr><td><h2>${sentence(n, 5)}</h2><p>${sentence(n, 60)}</p></td></tr></table>`
    return made('Content-Type: text/html; charset=utf-8', '', html)
  }
  const pictures = [1, 2].flatMap((place) => [
    '--cut',
    'Content-Type: image/png',
    `Content-Disposition: attachment; filename="photo-${n}-${place}.png"`,
    'Content-Transfer-Encoding: base64',
    '',
    PICTURE,
  ])
  return made('Content-Type: multipart/mixed; boundary=cut', '', '--cut', 'Content-Type: text/plain; charset=utf-8', '', sentence(n, 30), ...pictures, '--cut--')
}

/** So many mails of one customer, each the answer to the one before; `seed` begins their shapes elsewhere. */
export function talk(name, address, subject, length, seed = 0) {
  const id = (place) => `${address.split('@')[0]}-${place}@bench`
  return Array.from({ length }, (_, place) =>
    mail(place + seed, { name, address, subject, id: id(place), answers: place ? id(place - 1) : undefined }),
  )
}
