"""Answers queries of the bench by FAISS, in one thread: python -c THIS index neurons sketches planes

Standard input brings queries, each one code. Standard output takes the numbers of the ten nearest to each, eight bytes a
number, of the machine's byte order. Before that comes one line, once all codes are in the index.
"""
import sys

import faiss
import numpy

SKETCH, PLANE, NEAREST = 64, 1664, 10
CODE = SKETCH + PLANE
BITS = 8 * CODE

kind, neurons, sketches, planes = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
faiss.omp_set_num_threads(1)

codes = numpy.empty((neurons, CODE), dtype=numpy.uint8)
codes[:, :SKETCH] = numpy.fromfile(sketches, dtype=numpy.uint8, count=neurons * SKETCH).reshape(neurons, SKETCH)
codes[:, SKETCH:] = numpy.fromfile(planes, dtype=numpy.uint8, count=neurons * PLANE).reshape(neurons, PLANE)

if kind == "FLAT":
    index = faiss.IndexBinaryFlat(BITS)
elif kind == "IVF":
    lists = max(1, min(256, neurons // 39))
    quantizer = faiss.IndexBinaryFlat(BITS)
    index = faiss.IndexBinaryIVF(quantizer, BITS, lists)
    index.nprobe = 8
    index.train(codes[: 39 * lists])
elif kind == "HNSW":
    index = faiss.IndexBinaryHNSW(BITS, 32)
    index.hnsw.efSearch = 64
else:
    sys.exit("unknown index: expected FLAT, IVF or HNSW, found " + kind)
index.add(codes)
del codes

out = sys.stdout.buffer
out.write(b"ready\n")
out.flush()
while True:
    query = sys.stdin.buffer.read(CODE)
    if len(query) < CODE:
        break
    _, numbers = index.search(numpy.frombuffer(query, dtype=numpy.uint8).reshape(1, CODE), NEAREST)
    out.write(numbers.astype(numpy.int64).tobytes())
    out.flush()
