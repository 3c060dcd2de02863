#!/bin/sh
# Draws the icons in ../public from the SVG sources. Needs Chromium.
set -e
cd "$(dirname "$0")"
draw() {
  page=$(mktemp --suffix=.html)
  printf '<style>*{margin:0}img{display:block;width:%spx;height:%spx}</style><img src="file://%s">' "$2" "$2" "$(realpath "$1")" > "$page"
  chromium --headless --no-sandbox --hide-scrollbars --default-background-color=00000000 \
    --window-size="$2,$2" --screenshot="$(realpath ../public)/$3" "file://$page" 2> /dev/null
  rm "$page"
}
draw ../public/bell.svg 192 icon-192.png
draw ../public/bell.svg 512 icon-512.png
draw ../public/bell.svg 180 icon-180.png
draw maskable.svg 512 icon-maskable-512.png
draw badge.svg 96 badge.png
