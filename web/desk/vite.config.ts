import react from '@vitejs/plugin-react';
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

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
  plugins: [react(), assetsList()],
  build: {
    outDir: '../../target/classes/static',
    emptyOutDir: true,
    assetsDir: 'assets',
    // Inlined assets would need data: in more places of the server's content policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': { target: 'http://localhost:8080', ws: true } } },
  test: { environment: 'happy-dom' },
});
