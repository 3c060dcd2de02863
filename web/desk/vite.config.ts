import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin, Rollup } from 'vite';
import { defineConfig } from 'vitest/config';

/** Gzipped: what a browser fetches before the inbox stands. What is past that belongs behind lazy(), part() or a lazy route. */
const FIRST_LOAD_LIMIT = 200_000;

/** Measures the entry with all that it imports at once, and their styles; the build fails where that is too much. */
function firstLoad(): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    enforce: 'post',
    writeBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((each): each is Rollup.OutputChunk => each.type === 'chunk');
        const first = new Set<Rollup.OutputChunk>(chunks.filter((each) => each.isEntry));
        for (const chunk of first) for (const name of chunk.imports) first.add(bundle[name] as Rollup.OutputChunk);
        const styles = new Set([...first].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]));
        const sizes = [
          ...[...first].map((chunk) => gzipSync(chunk.code).length),
          ...[...styles].map((name) => gzipSync((bundle[name] as Rollup.OutputAsset).source).length),
        ];
        const total = sizes.reduce((sum, each) => sum + each, 0);
        const words = `first load ${(total / 1000).toFixed(1)} kB gzipped, of ${FIRST_LOAD_LIMIT / 1000}`;
        if (total > FIRST_LOAD_LIMIT) this.error(words);
        console.log(words);
      },
    },
  };
}

/** What the service worker keeps, and by what a page sees that there is a newer one. */
function assetsList(): Plugin {
  return {
    name: 'assets-list',
    generateBundle(_options, bundle) {
      const assets = Object.keys(bundle)
        .filter((name) => name.startsWith('assets/'))
        .sort()
        .map((name) => `/${name}`);
      const version = createHash('sha256').update(assets.join()).digest('hex').slice(0, 16);
      this.emitFile({ type: 'asset', fileName: 'assets.json', source: JSON.stringify({ version, assets }) });
    },
  };
}

export default defineConfig({
  plugins: [react(), firstLoad(), assetsList()],
  build: {
    outDir: '../../target/classes/static',
    emptyOutDir: true,
    assetsDir: 'assets',
    // Inlined assets would need data: in more places of the server's content policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // The first load is two files, not sixty: a browser without HTTP/2 fetches six at a time. What is not ours changes
          // with fewer versions of the desk.
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 1 },
            { name: 'desk', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: 'http://localhost:8080', ws: true } } },
  test: { environment: 'happy-dom' },
});
