import type { ProblemBody, Upload } from '../api/types';
import { t } from './i18n';
import { createStore } from './store';

const BASE = '/api/v1';

/** The server answered, and said no. `message` is the server's own wording for people. */
export class Refusal extends Error {
  readonly status: number;
  readonly fields: Record<string, string>;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, body: ProblemBody, retryAfter: string | null) {
    super(body.detail || body.title || wordingFor(status));
    this.name = 'Refusal';
    this.status = status;
    this.fields = Object.fromEntries((body.errors ?? []).map((e) => [e.field, e.message]));
    const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
    this.retryAfterSeconds = Number.isFinite(seconds) ? seconds : null;
  }
}

/** No answer came: the network or the server is away. */
export class Unreachable extends Error {
  constructor() {
    super(t('Shopbell cannot be reached right now.'));
    this.name = 'Unreachable';
  }
}

function wordingFor(status: number): string {
  switch (status) {
    case 401:
      return t('You are signed out. Sign in again to go on.');
    case 403:
      return t('Your role does not allow this.');
    case 404:
      return t('This is no longer here.');
    case 409:
      return t('Someone changed this in the meantime.');
    case 413:
      return t('This is too large.');
    case 429:
      return t('Too many attempts. Wait a moment and try again.');
    default:
      return t('Shopbell could not do this ({status}).', { status });
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : t('Something went wrong.');
}

let whenSignedOut: () => void = () => undefined;

/** Called once at start: what to do when any request finds the session gone. */
export function onSignedOut(handler: () => void): void {
  whenSignedOut = handler;
}

export type Query = Record<string, string | number | undefined | null>;

export interface CallOptions {
  query?: Query;
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** The request outlives the page. */
  keepalive?: boolean;
}

export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return BASE + path + (text ? `?${text}` : '');
}

/** After this long a read is tried again; a write is, where it is safe to repeat. */
const READ_MS = 20_000;
const WRITE_MS = 30_000;

/** Since when the oldest request waits for its answer; null while none does. */
export const waitingSince = createStore<number | null>(null);

const begun = new Set<number>();
let lastBegun = 0;

function begin(mostMs: number, asked?: AbortSignal): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = setTimeout(stop, mostMs);
  if (asked?.aborted) stop();
  asked?.addEventListener('abort', stop);
  // Two in the same millisecond are two.
  const at = (lastBegun = Math.max(Date.now(), lastBegun + 0.001));
  begun.add(at);
  const tell = () => waitingSince.set(begun.size === 0 ? null : Math.min(...begun));
  tell();
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      asked?.removeEventListener('abort', stop);
      begun.delete(at);
      tell();
    },
  };
}

function xsrfToken(): string {
  const found = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(document.cookie);
  return found?.[1] ? decodeURIComponent(found[1]) : '';
}

/** A proxy in front of a stopped server answers in its place. */
function isByProxy({ status, headers }: Response): boolean {
  return status === 502 || status === 504 || (status === 503 && !headers.get('Content-Type')?.includes('json'));
}

async function refusalFrom(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  return new Refusal(response.status, body, response.headers.get('Retry-After'));
}

async function answer(method: string, path: string, options: CallOptions, accept: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept };
  if (method !== 'GET') headers['X-XSRF-TOKEN'] = xsrfToken();
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  let response: Response;
  const { signal, end } = begin(method === 'GET' ? READ_MS : WRITE_MS, options.signal);
  try {
    response = await fetch(urlOf(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal,
      keepalive: options.keepalive,
    });
  } catch (error) {
    if (options.signal?.aborted && error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable();
  } finally {
    end();
  }
  if (!response.ok) {
    if (isByProxy(response)) throw new Unreachable();
    const refusal = await refusalFrom(response);
    if (refusal.status === 401 && path !== '/session') whenSignedOut();
    throw refusal;
  }
  return response;
}

export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const response = await answer(method, path, options, 'application/json');
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>('GET', path, { query, signal });
export const getBlob = async (path: string, signal?: AbortSignal) => (await answer('GET', path, { signal }, '*/*')).blob();
export const post = <T>(path: string, body?: unknown, idempotencyKey?: string) => call<T>('POST', path, { body, idempotencyKey });
export const put = <T>(path: string, body?: unknown) => call<T>('PUT', path, { body });
export const patch = <T>(path: string, body?: unknown) => call<T>('PATCH', path, { body });
export const del = (path: string) => call<void>('DELETE', path);

/** A small file, whose way takes no time worth showing. */
export async function postFile<T>(path: string, file: Blob): Promise<T> {
  const form = new FormData();
  form.append('file', file, 'file');
  const response = await fetch(urlOf(path), {
    method: 'POST',
    headers: { Accept: 'application/json', 'X-XSRF-TOKEN': xsrfToken() },
    credentials: 'same-origin',
    body: form,
  }).catch(() => {
    throw new Unreachable();
  });
  if (!response.ok) throw await refusalFrom(response);
  return (await response.json()) as T;
}

/** XMLHttpRequest, because fetch still cannot tell how far an upload has come. */
export function upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', urlOf('/uploads'));
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('X-XSRF-TOKEN', xsrfToken());
    request.responseType = 'text';
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as Upload);
      else reject(new Refusal(request.status, body as ProblemBody, request.getResponseHeader('Retry-After')));
    };
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export function newKey(): string {
  // randomUUID is absent on plain http, where many first installations run.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16)).join('-');
}
