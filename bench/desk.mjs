// How quick the desk is in a browser, and what a tab keeps. See README.md. Needs Node 22, or 20 with --experimental-websocket,
// a packaged program, and Chromium.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { deflateSync } from 'node:zlib'

const TOKEN = 'sb_owner_token_of_the_bench'
const EMAIL = 'owner@shop.example'
const PASSWORD = 'correct horse battery'

export const options = Object.fromEntries(
  process.argv.slice(2).map((each) => each.replace(/^--/, '').split('=', 2)).map(([name, value]) => [name, value ?? 'yes']),
)
const number = (name, otherwise) => Number(options[name] ?? otherwise)
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

function java() {
  const candidates = [process.env.JAVA_HOME && join(process.env.JAVA_HOME, 'bin/java'), 'java', '/usr/lib/jvm/temurin-25-jdk-amd64/bin/java']
  const found = candidates.filter(Boolean).find((each) => Number(/version "(\d+)/.exec(spawnSync(each, ['-version']).stderr ?? '')?.[1]) >= 25)
  if (!found) throw new Error('A JDK 25 is needed: set JAVA_HOME.')
  return found
}

/** The packaged program on an empty folder. */
export async function start() {
  const data = mkdtempSync(join(tmpdir(), 'shopbell-desk-'))
  const [http, smtp] = [await freePort(), await freePort()]
  const settings = {
    'http-port': http,
    'smtp-port': smtp,
    data,
    'owner-email': EMAIL,
    'owner-password': PASSWORD,
    'api-token': TOKEN,
  }
  const process_ = spawn(
    java(),
    ['-jar', options.jar ?? 'target/shopbell.jar', ...Object.entries(settings).map(([name, value]) => `--shopbell.${name}=${value}`)],
    { stdio: options.loud ? 'inherit' : 'ignore' },
  )
  const address = `http://127.0.0.1:${http}`
  for (let tries = 0; ; tries++) {
    if (await fetch(`${address}/healthz`).then((answer) => answer.ok, () => false)) break
    if (tries > 300) throw new Error('It does not start.')
    await sleep(200)
  }
  const api = async (method, path, body) => {
    for (;;) {
      const answer = await fetch(`${address}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
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
  const stop = async () => {
    process_.kill('SIGTERM')
    await new Promise((resolve) => process_.once('exit', resolve))
    rmSync(data, { recursive: true, force: true })
  }
  return { address, smtp, api, stop }
}

/** Hands mails over, one after the other, on one connection. */
export async function send(port, mails) {
  const socket = connect(port, '127.0.0.1')
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
    await say('RCPT TO:<hello@shop.example>')
    await say('DATA')
    await say(`${raw.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..')}\r\n.`)
  }
  socket.end('QUIT\r\n')
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

/** A mail in the one or the other of three shapes: plain with a quote, laid out in HTML, or with a picture. */
export function mail(n, { from, subject, id, answers }) {
  const head = [
    `From: ${from}`,
    'To: hello@shop.example',
    `Subject: ${subject}`,
    `Message-ID: <${id}>`,
    ...(answers ? [`In-Reply-To: <${answers}>`] : []),
    'MIME-Version: 1.0',
  ]
  const address = /<(.*)>/.exec(from)?.[1] ?? from
  if (n % 3 === 0) {
    const text = `${sentence(n, 40)}\n\n${sentence(n + 1)}\n\nOn Monday, Shop wrote:\n> ${sentence(n + 2, 30)}`
    return { from: address, raw: [...head, 'Content-Type: text/plain; charset=utf-8', '', text].join('\n') }
  }
  const html = `<table width="600" style="background:#eef"><tr><td><h2>${sentence(n, 5)}</h2><p>${sentence(n, 60)}</p></td></tr></table>`
  if (n % 3 === 1) return { from: address, raw: [...head, 'Content-Type: text/html; charset=utf-8', '', html].join('\n') }
  const parts = [
    'Content-Type: multipart/mixed; boundary=cut',
    '',
    '--cut',
    'Content-Type: text/plain; charset=utf-8',
    '',
    sentence(n, 30),
    ...[1, 2].flatMap((place) => [
      '--cut',
      'Content-Type: image/png',
      `Content-Disposition: attachment; filename="photo-${n}-${place}.png"`,
      'Content-Transfer-Encoding: base64',
      '',
      PICTURE,
    ]),
    '--cut--',
  ]
  return { from: address, raw: [...head, ...parts].join('\n') }
}

export async function settled(api) {
  for (;;) {
    if ((await api('GET', '/installation')).mail.oldestWaiting === null) return
    await sleep(50)
  }
}

/** Chromium, spoken to by its own protocol. */
export class Chrome {
  static async open(size = [1440, 900]) {
    const profile = mkdtempSync(join(tmpdir(), 'shopbell-chromium-'))
    const binary = options.chromium ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)
    const browser = spawn(
      binary,
      ['--headless=new', '--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${profile}`, `--window-size=${size}`, '--enable-precise-memory-info', 'about:blank'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const url = await new Promise((resolve, reject) => {
      let said = ''
      browser.stderr.on('data', (bytes) => {
        said += bytes
        const found = /DevTools listening on (ws:\S+)/.exec(said)
        if (found) resolve(found[1])
      })
      browser.once('exit', () => reject(new Error(said)))
    })
    const pages = await (await fetch(`http://${new URL(url).host}/json`)).json()
    const chrome = new Chrome()
    chrome.browser = browser
    chrome.profile = profile
    chrome.waiting = new Map()
    chrome.last = 0
    chrome.errors = []
    chrome.socket = new WebSocket(pages.find((page) => page.type === 'page').webSocketDebuggerUrl)
    await new Promise((resolve) => (chrome.socket.onopen = resolve))
    chrome.socket.onmessage = ({ data }) => {
      const said = JSON.parse(data)
      if (said.method === 'Runtime.exceptionThrown') chrome.errors.push(said.params.exceptionDetails.exception?.description)
      if (said.method === 'Runtime.consoleAPICalled' && said.params.type === 'error') chrome.errors.push(said.params.args.map((each) => each.value ?? each.description).join(' '))
      if (said.method === 'Log.entryAdded' && said.params.entry.level === 'error') chrome.errors.push(said.params.entry.text)
      const one = chrome.waiting.get(said.id)
      if (!one) return
      chrome.waiting.delete(said.id)
      if (said.error) one.reject(new Error(said.error.message))
      else one.resolve(said.result)
    }
    for (const domain of ['Page', 'Runtime', 'Log', 'DOM', 'Performance', 'HeapProfiler']) await chrome.call(`${domain}.enable`)
    await chrome.call('Emulation.setDeviceMetricsOverride', { width: size[0], height: size[1], deviceScaleFactor: 1, mobile: false })
    return chrome
  }

  call(method, params = {}) {
    const id = ++this.last
    this.socket.send(JSON.stringify({ id, method, params }))
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }))
  }

  async run(expression) {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  async until(expression, ms = 20_000) {
    const end = Date.now() + ms
    while (!(await this.run(`Boolean(${expression})`).catch(() => false))) {
      if (Date.now() > end) throw new Error(`It never came to: ${expression}`)
      await sleep(50)
    }
  }

  async go(url) {
    await this.call('Page.navigate', { url })
    await sleep(100)
    await this.until('document.readyState === "complete"')
  }

  async signIn(address) {
    await this.go(`${address}/sign-in`)
    await this.run(`fetch('/api/v1/session', { method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: ${JSON.stringify(JSON.stringify({ email: EMAIL, password: PASSWORD }))} }).then((answer) => answer.status)`)
  }

  async key(key, { text = key.length === 1 ? key : undefined, modifiers = 0 } = {}) {
    const codes = { Enter: 13, Escape: 27, ArrowDown: 40, ArrowUp: 38, ArrowLeft: 37, ArrowRight: 39, Home: 36, End: 35, Tab: 9 }
    const code = codes[key] ?? key.toUpperCase().charCodeAt(0)
    await this.call('Input.dispatchKeyEvent', { type: 'keyDown', key, text: modifiers ? undefined : text, windowsVirtualKeyCode: code, modifiers })
    await this.call('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: code, modifiers })
  }

  async memory() {
    for (let i = 0; i < 3; i++) await this.call('HeapProfiler.collectGarbage')
    const { usedSize } = await this.call('Runtime.getHeapUsage')
    const { nodes, jsEventListeners, documents } = await this.call('Memory.getDOMCounters')
    return { heap: usedSize / 1024 / 1024, nodes, listeners: jsEventListeners, documents }
  }

  close() {
    this.socket.close()
    this.browser.kill()
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor((values.length * p) / 100))]

/** From the key to the frame in which the next conversation's messages stand; in the page, by its own clock. */
const WATCH = `window.watched = [];
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'j') return;
    const pressed = event.timeStamp, before = location.pathname;
    const look = () => {
      const id = location.pathname.split('/').pop();
      const there = location.pathname !== before && document.querySelector('[data-thread="' + id + '"] article');
      if (!there) return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.watched.push(performance.now() - pressed);
      channel.port2.postMessage(0);
    };
    requestAnimationFrame(look);
  }, true);`

async function openings(chrome, address, count, pause) {
  await chrome.run('window.watched = []')
  for (let n = 1; n <= count; n++) {
    await chrome.key('j')
    await chrome.until(`window.watched.length >= ${n}`, 5_000)
    if (pause) await sleep(pause)
  }
  return chrome.run('window.watched')
}

async function main() {
  const shopbell = await start()
  const chrome = await Chrome.open()
  try {
    const conversations = number('conversations', 120)
    const mails = []
    const long = 'long@customers.example'
    for (let n = 0; n < number('messages', 200); n++) {
      mails.push(mail(n, { from: `Long Letter <${long}>`, subject: 'A long story', id: `long-${n}@bench`, answers: n ? `long-${n - 1}@bench` : undefined }))
    }
    for (let n = 0; n < conversations; n++) {
      for (let place = 0; place < 6; place++) {
        const id = `talk-${n}-${place}@bench`
        mails.push(
          mail(n + place, { from: `Customer ${n} <customer${n}@customers.example>`, subject: `Order ${1000 + n}`, id, answers: place ? `talk-${n}-${place - 1}@bench` : undefined }),
        )
      }
    }
    await send(shopbell.smtp, mails)
    await settled(shopbell.api)
    const customers = await shopbell.api('GET', `/customers?q=${long}`)
    const longId = (await shopbell.api('GET', `/conversations?customer=${customers.items[0].id}`)).items[0].id
    await chrome.signIn(shopbell.address)
    console.log('## The desk in a browser\n')
    console.log('| figure | p50 | p95 | most |\n|---|--:|--:|--:|')
    const row = (name, values) =>
      console.log(`| ${name} | ${percentile(values, 50).toFixed(1)} | ${percentile(values, 95).toFixed(1)} | ${Math.max(...values).toFixed(1)} |`)

    await chrome.go(`${shopbell.address}/inbox/all`)
    await chrome.until('document.querySelectorAll("li[aria-posinset]").length > 5')
    await chrome.run(WATCH)
    await chrome.key('j')
    await chrome.until('window.watched.length === 1')
    await sleep(1_500)
    row('next conversation, prefetched: key to paint, ms', await openings(chrome, shopbell.address, number('openings', 40), 700))
    // Faster than anything can be fetched ahead.
    row('next conversation, not prefetched: key to paint, ms', await openings(chrome, shopbell.address, 40, 0))

    await chrome.go(`${shopbell.address}/inbox/all/${longId}`)
    await chrome.until('document.querySelector("[data-thread] article")')
    await chrome.key('Home')
    await sleep(1_500)
    await chrome.key('End')
    await sleep(500)
    await chrome.key('r')
    await chrome.until('document.activeElement?.classList.contains("tiptap")')
    await sleep(1_000)
    const cost = async () => {
      const { metrics } = await chrome.call('Performance.getMetrics')
      const of = (name) => metrics.find((each) => each.name === name).value * 1000
      return { script: of('ScriptDuration'), all: of('TaskDuration') }
    }
    const scripting = []
    const whole = []
    for (const letter of 'Thank you for your patience, the parcel is on its way. '.repeat(3)) {
      const before = await cost()
      await chrome.key(letter)
      await sleep(30)
      const after = await cost()
      scripting.push(after.script - before.script)
      whole.push(after.all - before.all)
    }
    row(`a letter typed below ${number('messages', 200)} messages: scripting, ms`, scripting)
    row('the same: all work of the page, ms', whole)
    console.log(`\nElements on the page: ${await chrome.run('document.querySelectorAll("*").length')}, frames: ${await chrome.run('document.querySelectorAll("iframe").length')}\n`)

    console.log('| conversations opened and closed | heap, MB | DOM nodes | listeners | documents |\n|--:|--:|--:|--:|--:|')
    await chrome.go(`${shopbell.address}/inbox/all`)
    await chrome.until('document.querySelectorAll("li[aria-posinset]").length > 5')
    await chrome.run(WATCH)
    const times = number('times', 500)
    const round = Math.min(100, conversations)
    let done = 0
    const tell = async () => {
      await chrome.key('Escape')
      await sleep(1_500)
      const { heap, nodes, listeners, documents } = await chrome.memory()
      console.log(`| ${done} | ${heap.toFixed(1)} | ${nodes} | ${listeners} | ${documents} |`)
    }
    await tell()
    while (done < times) {
      // Through the list, and again from its beginning.
      await chrome.run(`document.querySelector('li[aria-posinset] a')?.parentElement?.parentElement?.parentElement?.scrollTo(0, 0)`)
      for (let n = 0; n < round && done < times; n++, done++) {
        await chrome.key('j')
        await sleep(60)
      }
      await tell()
    }
    if (chrome.errors.length > 0) console.log(`\nErrors of the page:\n${[...new Set(chrome.errors)].join('\n')}`)
  } finally {
    chrome.close()
    await shopbell.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
