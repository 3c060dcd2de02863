import { useQuery } from '@tanstack/react-query';
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type PDFPageProxy, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { getBlob, Refusal, Unreachable } from '../../platform/http';
import { t } from '../../platform/i18n';
import { Trouble } from '../../platform/Trouble';
import type { ListedFile } from './preview';
import classes from './PreviewDialog.module.css';

// Drawn by a library instead of the browser's own viewer: that one needs a document of its own from our address, without the sandbox
// in which we answer with what strangers sent; it swallows the desk's keys; and phones have none. Scripts in a PDF are not run.
GlobalWorkerOptions.workerSrc = workerUrl;

/** Where tables of characters lie, and fonts that a PDF may take for granted: fetched one by one when a file asks for them. */
const CHARACTERS = import.meta.glob<string>('/node_modules/pdfjs-dist/cmaps/*.bcmap', { query: '?url', import: 'default', eager: true });
const FONTS = import.meta.glob<string>('/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', { query: '?url', import: 'default', eager: true });

class OwnData {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const find =
      kind === 'cMapUrl'
        ? CHARACTERS[`/node_modules/pdfjs-dist/cmaps/${filename}`]
        : FONTS[`/node_modules/pdfjs-dist/standard_fonts/${filename}`];
    if (!find) throw new Error(filename);
    const response = await fetch(find);
    return new Uint8Array(await response.arrayBuffer());
  }
}

interface Props {
  file: ListedFile;
  zoom: number | null;
  onBroken: () => void;
}

/** CSS pixels for a point of paper, and how many pixels a canvas may have: phones give no more memory. */
const POINT = 96 / 72;
const MOST_PIXELS = 16_000_000;

export default function PdfView({ file, zoom, onBroken }: Props) {
  const query = useQuery({
    queryKey: ['file', file.id],
    queryFn: async ({ signal }) => (await getBlob(file.url.replace('/api/v1', ''), signal)).arrayBuffer(),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const pages = useRef<HTMLDivElement>(null);
  const broken = useRef(onBroken);
  useEffect(() => {
    broken.current = onBroken;
  });
  useEffect(() => {
    if (!query.data) return;
    // The worker takes the bytes away; a second look needs them again.
    const loading = getDocument({
      data: query.data.slice(0),
      BinaryDataFactory: OwnData,
      cMapPacked: true,
      useWorkerFetch: false,
      useWasm: false,
      isEvalSupported: false,
      enableXfa: false,
      stopAtErrors: false,
      verbosity: 0,
    });
    loading.promise.then(setPdf, (error: unknown) => {
      if (!loading.destroyed) {
        console.warn('A PDF could not be read', error instanceof Error ? error.name : '');
        broken.current();
      }
    });
    return () => void loading.destroy();
  }, [query.data]);

  if (query.isError) {
    if (query.error instanceof Refusal || query.error instanceof Unreachable) {
      return <Trouble error={query.error} what={t('this file')} retry={() => void query.refetch()} />;
    }
    throw query.error;
  }
  if (!pdf) {
    return (
      <p className={classes.waiting} role="status">
        {t('Loading…')}
      </p>
    );
  }
  return (
    <div ref={pages} className={classes.pages}>
      {Array.from({ length: pdf.numPages }, (_, index) => (
        <PdfPage key={index} pdf={pdf} number={index + 1} zoom={zoom} pages={pages} />
      ))}
    </div>
  );
}

interface PageProps {
  pdf: PDFDocumentProxy;
  number: number;
  zoom: number | null;
  pages: RefObject<HTMLDivElement | null>;
}

/** One page; drawn when it comes near, let go when it is far: a catalogue of 500 pages costs what three do. */
function PdfPage({ pdf, number, zoom, pages }: PageProps) {
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(number === 1);
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  const [room, setRoom] = useState(0);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), { rootMargin: '100% 0px' });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const outside = pages.current?.parentElement;
    if (!outside) return;
    const measure = () => setRoom(outside.clientWidth - 32);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(outside);
    return () => observer.disconnect();
  }, [pages]);
  useEffect(() => {
    if (!near || page) return;
    let gone = false;
    void pdf.getPage(number).then((found) => {
      if (!gone) setPage(found);
    });
    return () => {
      gone = true;
    };
  }, [near, page, pdf, number]);

  const natural = page?.getViewport({ scale: POINT });
  const scale = zoom ?? (natural ? Math.min(1.5, room / natural.width) : 1);
  const width = natural ? natural.width * scale : Math.min(room, 794);
  const height = natural ? natural.height * scale : width * 1.414;
  return (
    <div ref={box} className={classes.page} style={{ width, height }} role="group" aria-label={t('Page {n}', { n: number })}>
      {near && page && room > 0 && <Drawn page={page} scale={scale * POINT} />}
    </div>
  );
}

function Drawn({ page, scale }: { page: PDFPageProxy; scale: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const picture = canvas.current;
    const text = words.current;
    if (!picture || !text) return;
    const viewport = page.getViewport({ scale });
    const sharp = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)));
    picture.width = Math.floor(viewport.width * sharp);
    picture.height = Math.floor(viewport.height * sharp);
    const drawing = page.render({ canvas: picture, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
    drawing.promise.catch(() => undefined);
    text.replaceChildren();
    text.style.setProperty('--total-scale-factor', String(scale));
    const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
    layer.render().catch(() => undefined);
    return () => {
      drawing.cancel();
      layer.cancel();
      // The memory of a canvas is only given back when it has none.
      picture.width = 0;
      picture.height = 0;
      page.cleanup();
    };
  }, [page, scale]);
  return (
    <>
      <canvas ref={canvas} aria-hidden />
      <div ref={words} className={classes.words} />
    </>
  );
}
