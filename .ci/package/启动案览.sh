#!/bin/sh
# 打开案览。放在哪里都可以，双击“案览”或这个文件。
here=$(dirname "$(readlink -f "$0")")
# The launcher beside this file learns where its picture lies, as far as this folder can be written.
launcher=$here/案览.desktop
if [ -w "$launcher" ] && ! grep -qxF "Icon=$here/案览.png" "$launcher"; then
    text=$(awk -v icon="$here/案览.png" '/^Icon=/ { print "Icon=" icon; next } { print }' "$launcher") && printf '%s\n' "$text" >"$launcher"
fi
exec "$here/anlan" "$@"
