#!/bin/sh
# Makes the 100 symbols in symbols, and the list of their texts, with Debian's package qrencode (4.1.1):
# versions 1 to 3, levels L, M, Q, H, modules of 2 to 6 pixels, margins of 1 to 4 modules, and four kinds of text.
set -e
cd "$(dirname "$0")"
mkdir -p symbols
rm -f texts.tsv
i=0
while [ $i -lt 100 ]; do
  n=$(printf %03d $i)
  case $((i % 4)) in
    0) text="PART $n-$((i * 7919 % 1000))" mode="" ;;                       # alphanumeric
    1) text="part-$n/$((i * 104729 % 10000))" mode="-8" ;;                  # bytes
    2) text="棚番号$(echo $n | sed 'y/0123456789/〇一二三四五六七八九/')" mode="-k" ;; # kanji
    3) text="$((i * 15485863 % 1000000))$n" mode="" ;;                      # digits
  esac
  code=UTF-8
  if [ "$mode" = -k ]; then code=SHIFT_JIS; fi
  printf '%s\t%s\n' "$n" "$text" >> texts.tsv
  printf %s "$text" | iconv -f UTF-8 -t $code | qrencode $mode \
    -v $((i / 16 % 3 + 1)) -l "$(echo LMQH | cut -c$((i / 4 % 4 + 1)))" -s $((i % 5 + 2)) -m $((i / 3 % 4 + 1)) \
    -o "symbols/$n.png"
  i=$((i + 1))
done
