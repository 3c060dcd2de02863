// Chromium without a window, spoken to by its own protocol.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { options, sleep } from './shop.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const CODES = { Enter: 13, Escape: 27, ArrowDown: 40, ArrowUp: 38, Home: 36, End: 35 }

function binary() {
  const named = options.chromium ?? process.env.CHROMIUM_PATH
  const all = named ? [named] : (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const found = all.find(existsSync)
  if (!found) throw new Error('Chromium is needed: install it, or name it in CHROMIUM_PATH.')
  return found
}

export class Chrome {
  static async open([width, height] = [1440, 900]) {
    if (typeof WebSocket === 'undefined') throw new Error('Node 22 is needed, or 20 with --experimental-websocket.')
    const chrome = new Chrome()
    chrome.profile = mkdtempSync(join(tmpdir(), 'shopbell-chromium-'))
    chrome.browser = spawn(
      binary(),
      ['--headless=new', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', `--user-data-dir=${chrome.profile}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const url = await new Promise((resolve, reject) => {
      let said = ''
      chrome.browser.stderr.on('data', (bytes) => {
        said += bytes
        const found = /DevTools listening on (ws:\S+)/.exec(said)
        if (found) resolve(found[1])
      })
      chrome.browser.once('exit', () => reject(new Error(said)))
    })
    const pages = await (await fetch(`http://${new URL(url).host}/json`)).json()
    await chrome.listen(pages.find((page) => page.type === 'page').webSocketDebuggerUrl)
    for (const domain of ['Page', 'Runtime', 'Log', 'DOM', 'Network', 'Performance', 'HeapProfiler']) await chrome.call(`${domain}.enable`)
    await chrome.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
    return chrome
  }

  async listen(url) {
    this.waiting = new Map()
    this.last = 0
    this.errors = new Set()
    this.listeners = new Map()
    this.socket = new WebSocket(url)
    await new Promise((resolve) => (this.socket.onopen = resolve))
    this.socket.onmessage = ({ data }) => {
      const { id, method, params, error, result } = JSON.parse(data)
      if (method === 'Runtime.exceptionThrown') this.errors.add(params.exceptionDetails.exception?.description)
      if (method === 'Runtime.consoleAPICalled' && params.type === 'error') this.errors.add(params.args.map((each) => each.value ?? each.description).join(' '))
      this.listeners.get(method)?.(params)
      const one = this.waiting.get(id)
      if (!one) return
      this.waiting.delete(id)
      if (error) one.reject(new Error(error.message))
      else one.resolve(result)
    }
  }

  call(method, params = {}) {
    const id = ++this.last
    this.socket.send(JSON.stringify({ id, method, params }))
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }))
  }

  on(method, listener) {
    this.listeners.set(method, listener)
  }

  async run(expression) {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  async until(expression, ms = 20_000) {
    const end = Date.now() + ms
    while (!(await this.run(`Boolean(${expression})`).catch(() => false))) {
      if (Date.now() > end) {
        const shown = await this.run('`${location.href} ${document.body?.innerText.slice(0, 400)}`').catch((error) => error.message)
        throw new Error(`It never came to ${expression}\nat ${shown}\n${[...this.errors].join('\n')}`)
      }
      await sleep(20)
    }
  }

  async go(url) {
    await this.call('Page.navigate', { url })
    await sleep(100)
    await this.until('document.readyState === "complete"')
  }

  async signIn({ address, email, password }) {
    await this.go(`${address}/sign-in`)
    const status = await this.run(`fetch('/api/v1/session', { method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: ${JSON.stringify(JSON.stringify({ email, password }))} }).then((answer) => answer.status)`)
    if (status !== 200) throw new Error(`Signing in: ${status}`)
  }

  async key(key) {
    const code = CODES[key] ?? key.toUpperCase().charCodeAt(0)
    const shared = { key, windowsVirtualKeyCode: code }
    await this.call('Input.dispatchKeyEvent', { type: 'keyDown', text: key.length === 1 ? key : undefined, ...shared })
    await this.call('Input.dispatchKeyEvent', { type: 'keyUp', ...shared })
  }

  /** What is held once all that can be collected is: heap in MB, elements, listeners, documents with the frames'. */
  async memory() {
    for (let i = 0; i < 3; i++) await this.call('HeapProfiler.collectGarbage')
    const { usedSize } = await this.call('Runtime.getHeapUsage')
    const { nodes, jsEventListeners, documents } = await this.call('Memory.getDOMCounters')
    return { heap: usedSize / 1024 / 1024, nodes, listeners: jsEventListeners, documents }
  }

  async close() {
    this.socket.close()
    const gone = new Promise((resolve) => this.browser.once('exit', resolve))
    this.browser.kill()
    await gone
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
