import { getBlob, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';

/** Of the few lines to a server, most stay free for what the agent does meanwhile. */
const AT_ONCE = 3;
/** Nothing but a picture of a message, whatever its HTML says. */
const OURS = /^\/api\/v1(\/messages\/\d+\/remote-images\/\d+)$/;

/**
 * Puts the pictures from elsewhere into a shown mail. They are read by the desk and handed to the frame, which itself
 * may ask for nothing; so words can stand where a picture cannot be had.
 */
export function loadRemoteImages(page: Document, signal: AbortSignal): void {
  const waiting = [...page.querySelectorAll<HTMLImageElement>('img[data-remote-image]:not([src])')];
  const worker = async () => {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) await load(next, signal);
  };
  for (let n = 0; n < AT_ONCE; n++) void worker();
}

export function hideRemoteImages(page: Document): void {
  for (const image of page.querySelectorAll<HTMLImageElement>('img[data-remote-image][src]')) {
    // A picture that only loses its address stands there as a broken one.
    const fresh = image.cloneNode() as HTMLImageElement;
    fresh.removeAttribute('src');
    image.replaceWith(fresh);
  }
}

async function load(image: HTMLImageElement, signal: AbortSignal): Promise<void> {
  const path = OURS.exec(image.dataset.remoteImage ?? '')?.[1];
  if (!path) return;
  try {
    const address = URL.createObjectURL(await getBlob(path, signal));
    image.addEventListener('load', () => URL.revokeObjectURL(address));
    image.addEventListener('error', () => missing(image, t('It cannot be read.')));
    image.src = address;
  } catch (error) {
    if (!signal.aborted) missing(image, reasonOf(error));
  }
}

function missing(image: HTMLImageElement, reason: string): void {
  const words = image.ownerDocument.createElement('span');
  words.className = 'missing-picture';
  words.textContent = image.alt ? t('“{alt}”: picture not shown. {reason}', { alt: image.alt, reason }) : t('Picture not shown. {reason}', { reason });
  image.replaceWith(words);
}
