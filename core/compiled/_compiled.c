/* The loops that reading a page spends most of its time in: sums of trees, n-grams, and where words of a list begin.

   Each does what the Python beside its call does, with the same numbers added in the same order, so that answers are
   the same to the last digit: core/reading/page/trees.py, core/reading/page/ngrams.py, core/text/lexicon.py and
   core/text/words.py. Nothing here calls the mathematical library. Compiled by core/compiled/build.py; without it the
   program runs as well. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h> /* of which only the square root is used, which is exact */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define VERSION 2 /* as in __init__.py: raised with every change of what is asked here or answered */
#define MOST_AT_ONCE 64 /* trees of a part */

/* ---- what several of them need */

static void freed(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyTypeObject *type_added(PyObject *module, PyType_Spec *spec) {
    PyObject *type = PyType_FromSpec(spec);
    if (type && PyModule_AddObjectRef(module, strrchr(spec->name, '.') + 1, type) < 0) Py_CLEAR(type);
    return (PyTypeObject *)type;
}

/* A number that needs no code of its own to be one: no such code can change what is being read. */
static double plain_number(PyObject *number) {
    if (PyFloat_Check(number)) return PyFloat_AS_DOUBLE(number);
    if (PyLong_Check(number)) return PyLong_AsDouble(number);
    PyErr_SetString(PyExc_TypeError, "a number is wanted");
    return -1.0;
}

/* A list of numbers as an array of their own; NULL with an error set. */
static double *numbers_of(PyObject *list, Py_ssize_t *count) {
    PyObject *fast = PySequence_Fast(list, "a list of numbers is wanted");
    if (!fast) return NULL;
    *count = PySequence_Fast_GET_SIZE(fast);
    double *out = PyMem_Malloc((*count + 1) * sizeof(double));
    if (!out) PyErr_NoMemory();
    for (Py_ssize_t i = 0; out && i < *count; i++) {
        out[i] = plain_number(PySequence_Fast_GET_ITEM(fast, i));
        if (out[i] == -1.0 && PyErr_Occurred()) {
            PyMem_Free(out);
            out = NULL;
        }
    }
    Py_DECREF(fast);
    return out;
}

static PyObject *list_of(const double *numbers, Py_ssize_t count) {
    PyObject *out = PyList_New(count);
    for (Py_ssize_t i = 0; out && i < count; i++) {
        PyObject *number = PyFloat_FromDouble(numbers[i]);
        if (!number) Py_CLEAR(out);
        else PyList_SET_ITEM(out, i, number);
    }
    return out;
}

/* ---- rows of signs, and the sums of trees of many at once */

typedef struct {
    PyObject_HEAD
    Py_ssize_t count, width, used;
    int32_t *pairs; /* two a row: from which stretch to which */
    double *signs;
} Rows;

static PyTypeObject *rows_type;

static void rows_freed(Rows *self) {
    PyMem_Free(self->pairs);
    PyMem_Free(self->signs);
    freed((PyObject *)self);
}

/* An array of count × width, all nought; NULL with an error set. */
static void *table_of(Py_ssize_t count, Py_ssize_t width, size_t size) {
    void *out = NULL;
    if (count >= 0 && width >= 0 && (!width || count <= PY_SSIZE_T_MAX / 16 / width))
        out = PyMem_Calloc((size_t)(count * width) + 1, size);
    if (!out) PyErr_NoMemory();
    return out;
}

static Rows *rows_made(Py_ssize_t count, Py_ssize_t width) {
    Rows *self = (Rows *)rows_type->tp_alloc(rows_type, 0);
    if (!self) return NULL;
    self->count = count, self->width = width;
    if (!(self->pairs = table_of(count, 2, sizeof(int32_t))) || !(self->signs = table_of(count, width, sizeof(double))))
        Py_CLEAR(self);
    return self;
}

/* Pairs of numbers as a list of the first and a list of the second ones. */
static PyObject *two_lists(const int32_t *pairs, Py_ssize_t count) {
    PyObject *out = Py_BuildValue("(NN)", PyList_New(count), PyList_New(count));
    for (Py_ssize_t i = 0; out && i < 2 * count; i++) {
        PyObject *number = PyLong_FromLong(pairs[i]);
        if (!number) Py_CLEAR(out);
        else PyList_SET_ITEM(PyTuple_GET_ITEM(out, i & 1), i / 2, number);
    }
    return out;
}

PyDoc_STRVAR(pairs_doc, "pairs(): from which stretches, and to which, the rows tell.");
static PyObject *rows_pairs(Rows *self, PyObject *Py_UNUSED(none)) {
    return two_lists(self->pairs, self->count);
}

PyDoc_STRVAR(lists_doc, "lists(): the signs of each row as a list.");
static PyObject *rows_lists(Rows *self, PyObject *Py_UNUSED(none)) {
    PyObject *out = PyList_New(self->count);
    for (Py_ssize_t i = 0; out && i < self->count; i++) {
        PyObject *row = list_of(self->signs + i * self->width, self->width);
        if (!row) Py_CLEAR(out);
        else PyList_SET_ITEM(out, i, row);
    }
    return out;
}

static PyMethodDef rows_methods[] = {
    {"pairs", (PyCFunction)rows_pairs, METH_NOARGS, pairs_doc},
    {"lists", (PyCFunction)rows_lists, METH_NOARGS, lists_doc},
    {0},
};
static PyType_Slot rows_slots[] = {
    {Py_tp_dealloc, rows_freed},
    {Py_tp_methods, rows_methods},
    {Py_tp_doc, "Rows of signs, made by Steps."},
    {0},
};
static PyType_Spec rows_spec = {
    "core.compiled._compiled.Rows", sizeof(Rows), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, rows_slots,
};

/* ---- sums of trees */

typedef struct {
    double limit;
    int32_t next, sign; /* the low one of two children that stand side by side; a leaf leads to itself */
} Node;

typedef struct {
    Py_ssize_t trees, slots;
    int32_t *roots;
    Node *nodes;
    double *leaves; /* what each node is worth where it is a leaf */
} Forest;

typedef struct {
    PyObject_HEAD
    Py_ssize_t sums, widest, part;
    Forest *forests;
    double stop, ahead;
    double *row, *totals;
} Sums;

static void sums_freed(Sums *self) {
    for (Py_ssize_t k = 0; self->forests && k < self->sums; k++) {
        PyMem_Free(self->forests[k].roots);
        PyMem_Free(self->forests[k].nodes);
        PyMem_Free(self->forests[k].leaves);
    }
    PyMem_Free(self->forests);
    PyMem_Free(self->row);
    PyMem_Free(self->totals);
    freed((PyObject *)self);
}

/* Lays the nodes out anew, children side by side; 0 where a node has two parents. ``origin`` is as long as the slots. */
static int laid_out(Forest *forest, double *const *read, Py_ssize_t nodes, int32_t *origin) {
    Py_ssize_t used = forest->trees;
    for (Py_ssize_t i = 0; i < forest->trees; i++) forest->roots[i] = (int32_t)i, origin[i] = (int32_t)read[0][i];
    for (Py_ssize_t at = 0; at < used; at++) {
        int32_t n = origin[at];
        Node leaf = {Py_HUGE_VAL, (int32_t)at, 0};
        if (n < 0) {
            forest->nodes[at] = leaf;
            forest->leaves[at] = read[5][-1 - n];
            continue;
        }
        if (used + 2 > forest->trees + 2 * nodes) return 0;
        Node node = {read[2][n], (int32_t)used, (int32_t)read[1][n]};
        forest->nodes[at] = node;
        origin[used++] = (int32_t)read[3][n];
        origin[used++] = (int32_t)read[4][n];
    }
    forest->slots = used;
    return 1;
}

/* Takes one sum: (roots, signs, limits, low, high, leaves). A child stands behind its parent, so no tree is endless. */
static int sum_taken(Sums *self, Forest *forest, PyObject *table) {
    PyObject *lists[6];
    double *read[6] = {NULL};
    int32_t *origin = NULL;
    Py_ssize_t counts[6];
    int done = 0;
    if (!PyArg_ParseTuple(table, "OOOOOO", &lists[0], &lists[1], &lists[2], &lists[3], &lists[4], &lists[5])) return 0;
    for (int i = 0; i < 6; i++)
        if (!(read[i] = numbers_of(lists[i], &counts[i]))) goto end;
    Py_ssize_t nodes = counts[1], leaves = counts[5];
    if (counts[2] != nodes || counts[3] != nodes || counts[4] != nodes || nodes + counts[0] > 1 << 24) goto wrong;
    for (Py_ssize_t i = 0; i < counts[0]; i++)
        if (!(read[0][i] >= -leaves && read[0][i] < nodes)) goto wrong;
    for (Py_ssize_t n = 0; n < nodes; n++) {
        if (!(read[1][n] >= 0 && read[1][n] < 1 << 20)) goto wrong;
        for (int side = 3; side < 5; side++) {
            double to = read[side][n];
            if (!(to >= -leaves && to < nodes) || (to >= 0 && to <= n)) goto wrong;
        }
        if ((Py_ssize_t)read[1][n] >= self->widest) self->widest = (Py_ssize_t)read[1][n] + 1;
    }
    Py_ssize_t slots = counts[0] + 2 * nodes;
    forest->trees = counts[0];
    forest->roots = table_of(counts[0], 1, sizeof(int32_t));
    forest->nodes = table_of(slots, 1, sizeof(Node));
    forest->leaves = table_of(slots, 1, sizeof(double));
    origin = table_of(slots, 1, sizeof(int32_t));
    if (!forest->roots || !forest->nodes || !forest->leaves || !origin) goto end;
    if ((done = laid_out(forest, read, nodes, origin))) goto end;
wrong:
    PyErr_SetString(PyExc_ValueError, "these are no trees");
end:
    for (int i = 0; i < 6; i++) PyMem_Free(read[i]);
    PyMem_Free(origin);
    return done;
}

static PyObject *sums_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(names)) {
    PyObject *tables;
    Py_ssize_t part;
    double stop, ahead;
    if (!PyArg_ParseTuple(args, "O!ndd", &PyList_Type, &tables, &part, &stop, &ahead)) return NULL;
    Py_ssize_t sums = PyList_GET_SIZE(tables);
    if (part < 1 || part > MOST_AT_ONCE || sums < 1) return PyErr_Format(PyExc_ValueError, "no trees");
    Sums *self = (Sums *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->sums = sums, self->part = part, self->stop = stop, self->ahead = ahead, self->widest = 1;
    self->forests = table_of(sums, 1, sizeof(Forest));
    self->totals = table_of(sums, 1, sizeof(double));
    int fits = self->forests && self->totals;
    for (Py_ssize_t k = 0; fits && k < sums; k++) fits = sum_taken(self, &self->forests[k], PyList_GET_ITEM(tables, k));
    if (fits) fits = (self->row = table_of(self->widest, 1, sizeof(double))) != NULL;
    if (!fits) Py_CLEAR(self);
    return (PyObject *)self;
}

/* The signs of a row that are asked for, into self->row. */
static int row_taken(Sums *self, PyObject *row) {
    if (!(PyList_Check(row) || PyTuple_Check(row)) || PySequence_Fast_GET_SIZE(row) < self->widest) {
        PyErr_SetString(PyExc_ValueError, "a list of all signs is wanted");
        return 0;
    }
    for (Py_ssize_t i = 0; i < self->widest; i++) {
        self->row[i] = plain_number(PySequence_Fast_GET_ITEM(row, i));
        if (self->row[i] == -1.0 && PyErr_Occurred()) return 0;
    }
    return 1;
}

static int all_numbers(const double *row, Py_ssize_t count) {
    for (Py_ssize_t i = 0; i < count; i++)
        if (row[i] != row[i]) return 0;
    return 1;
}

/* What some trees say of a row, added one after the other. They are gone down together, a step at a time: nothing is
   to be guessed then. Where a sign is no number they are gone down one by one, since a leaf would not lead to itself. */
static double part_of(const Sums *self, const Forest *forest, Py_ssize_t from, const double *row, int plain) {
    const Node *nodes = forest->nodes;
    Py_ssize_t count = forest->trees - from < self->part ? forest->trees - from : self->part;
    int32_t at[MOST_AT_ONCE], moved = 1;
    for (Py_ssize_t t = 0; t < count; t++) at[t] = forest->roots[from + t];
    while (plain && moved) {
        moved = 0;
        for (Py_ssize_t t = 0; t < count; t++) {
            const Node *node = &nodes[at[t]];
            int32_t next = node->next + !(row[node->sign] <= node->limit);
            moved |= next ^ at[t];
            at[t] = next;
        }
    }
    for (Py_ssize_t t = 0; !plain && t < count; t++)
        while (nodes[at[t]].next != at[t]) at[t] = nodes[at[t]].next + !(row[nodes[at[t]].sign] <= nodes[at[t]].limit);
    double part = 0.0;
    for (Py_ssize_t t = 0; t < count; t++) part += forest->leaves[at[t]];
    return part;
}

static double first_sum(const Sums *self, const double *row) {
    const Forest *forest = &self->forests[0];
    int plain = all_numbers(row, self->widest);
    double total = 0.0;
    for (Py_ssize_t from = 0; from < forest->trees; from += self->part) {
        total += part_of(self, forest, from, row, plain);
        if (total < self->stop) break;
    }
    return total;
}

PyDoc_STRVAR(sum_doc, "sum(row): the first sum of a row; what is plainly not so is not asked to the end.");
static PyObject *sums_sum(Sums *self, PyObject *row) {
    return row_taken(self, row) ? PyFloat_FromDouble(first_sum(self, self->row)) : NULL;
}

PyDoc_STRVAR(each_doc, "each(rows): the same of every row of a list, or of Rows.");
static PyObject *sums_each(Sums *self, PyObject *rows) {
    Rows *table = Py_IS_TYPE(rows, rows_type) ? (Rows *)rows : NULL;
    if (!table && !PyList_Check(rows)) return PyErr_Format(PyExc_TypeError, "rows are wanted");
    if (table && table->width < self->widest) return PyErr_Format(PyExc_ValueError, "a list of all signs is wanted");
    PyObject *out = PyList_New(0);
    for (Py_ssize_t i = 0; out && i < (table ? table->count : PyList_GET_SIZE(rows)); i++) {
        PyObject *number = NULL;
        if (table) number = PyFloat_FromDouble(first_sum(self, table->signs + i * table->width));
        else number = sums_sum(self, PyList_GET_ITEM(rows, i));
        if (!number || PyList_Append(out, number) < 0) Py_CLEAR(out);
        Py_XDECREF(number);
    }
    return out;
}

PyDoc_STRVAR(totals_doc, "totals(row): all sums of a row; where the first is far ahead it is not asked to the end.");
static PyObject *sums_totals(Sums *self, PyObject *row) {
    if (!row_taken(self, row)) return NULL;
    double *totals = self->totals;
    int plain = all_numbers(self->row, self->widest);
    memset(totals, 0, self->sums * sizeof(double));
    for (Py_ssize_t from = 0; from < self->forests[0].trees; from += self->part) {
        double first = 0.0, second = 0.0;
        for (Py_ssize_t k = 0; k < self->sums; k++) {
            const Forest *forest = &self->forests[k];
            double part = from < forest->trees ? part_of(self, forest, from, self->row, plain) : 0.0;
            double total = totals[k] = totals[k] + part;
            if (!k) first = total;
            else if (total > first) second = first, first = total;
            else if (k == 1 || total > second) second = total;
        }
        if (self->sums > 1 && first - second > self->ahead) break;
    }
    return list_of(totals, self->sums);
}

static PyMethodDef sums_methods[] = {
    {"sum", (PyCFunction)sums_sum, METH_O, sum_doc},
    {"each", (PyCFunction)sums_each, METH_O, each_doc},
    {"totals", (PyCFunction)sums_totals, METH_O, totals_doc},
    {0},
};
static PyType_Slot sums_slots[] = {
    {Py_tp_new, sums_new},
    {Py_tp_dealloc, sums_freed},
    {Py_tp_methods, sums_methods},
    {Py_tp_doc, "Sums(tables, part, stop, ahead): sums of trees about the same rows."},
    {0},
};
static PyType_Spec sums_spec = {"core.compiled._compiled.Sums", sizeof(Sums), 0, Py_TPFLAGS_DEFAULT, sums_slots};

/* ---- n-grams */

#define MOST 16 /* characters of an n-gram, many more than are counted */

typedef struct {
    PyObject_HEAD
    Py_buffer data;
    int shift;
    Py_ssize_t buckets, prints, counts, entries;
    double step, back_off, log_total;
} Grams;

static PyTypeObject *grams_type;

static void grams_freed(Grams *self) {
    PyBuffer_Release(&self->data);
    freed((PyObject *)self);
}

static PyObject *grams_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(names)) {
    PyObject *data;
    int bits;
    Py_ssize_t at, entries;
    double step, back_off, log_total;
    if (!PyArg_ParseTuple(args, "Oinnddd", &data, &bits, &at, &entries, &step, &back_off, &log_total)) return NULL;
    Grams *self = (Grams *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    if (PyObject_GetBuffer(data, &self->data, PyBUF_SIMPLE) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    self->shift = 64 - bits;
    self->buckets = at, self->entries = entries;
    self->step = step, self->back_off = back_off, self->log_total = log_total;
    if (bits >= 1 && bits <= 32 && at >= 0 && entries >= 0) {
        self->prints = at + 4 * (((Py_ssize_t)1 << bits) + 1);
        self->counts = self->prints + 2 * entries;
    }
    if (!self->counts || self->counts + entries > self->data.len) {
        PyErr_SetString(PyExc_ValueError, "not a table of n-grams");
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

/* The log count of the n-gram with a hash, -1 where it is not known. */
static double looked_up(const Grams *self, uint64_t key) {
    const uint8_t *data = self->data.buf, *at = data + self->buckets + 4 * (key >> self->shift);
    uint32_t low, high;
    memcpy(&low, at, 4);
    memcpy(&high, at + 4, 4);
    if (high > self->entries) high = (uint32_t)self->entries;
    const uint8_t *print = data + self->prints + 2 * (Py_ssize_t)low, want = key & 0xFF, rest = key >> 8 & 0xFF;
    for (; low < high; low++, print += 2)
        if (print[0] == want && print[1] == rest) return data[self->counts + low] / self->step;
    return -1.0;
}

static uint64_t longer(uint64_t key, Py_UCS4 character) {
    key = (key + (character * UINT64_C(0xD6E8FEB86659FD93) + UINT64_C(0x632BE59BD9B4E019))) * UINT64_C(0x9E3779B97F4A7C15);
    return key ^ key >> 29;
}

/* The log counts of the n-grams that end with a character of a text, the shortest first, as far as they are known. */
static Py_ssize_t looked_back(
    const Grams *self, int kind, const void *characters, Py_ssize_t end, Py_ssize_t longest, double *out
) {
    uint64_t key = 0;
    Py_ssize_t size = 0;
    if (longest > MOST) longest = MOST;
    while (size < longest && size <= end) {
        key = longer(key, PyUnicode_READ(kind, characters, end - size));
        double found = looked_up(self, key);
        if (found < 0.0) break;
        out[size++] = found;
    }
    return size;
}

/* Stupid back-off, as NGrams._chance. */
static double chance_of(const Grams *self, const double *here, Py_ssize_t length, const double *before, Py_ssize_t given) {
    if (!length) return self->back_off * (double)(given + 1) - self->log_total;
    if (length == 1) return self->back_off * (double)given + here[0] - self->log_total;
    double ratio = here[length - 1] - before[length - 2];
    double back = self->back_off * (double)(given + 1 - length);
    return ratio < 0.0 ? back + ratio : back;
}

static int text_taken(PyObject *text) {
    if (PyUnicode_Check(text)) return 1;
    PyErr_SetString(PyExc_TypeError, "a text is wanted");
    return 0;
}

PyDoc_STRVAR(table_doc, "table(text, end, longest): the log counts of the n-grams that end with a character.");
static PyObject *grams_table(Grams *self, PyObject *args) {
    PyObject *text;
    Py_ssize_t end, longest;
    double found[MOST];
    if (!PyArg_ParseTuple(args, "Unn", &text, &end, &longest)) return NULL;
    if (end >= PyUnicode_GET_LENGTH(text)) return PyErr_Format(PyExc_IndexError, "no such character");
    return list_of(found, looked_back(self, PyUnicode_KIND(text), PyUnicode_DATA(text), end, longest, found));
}

PyDoc_STRVAR(seen_doc, "seen(text): the log count of an n-gram, -1 where it is not known.");
static PyObject *grams_seen(Grams *self, PyObject *text) {
    double found[MOST];
    if (!text_taken(text)) return NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    Py_ssize_t known = looked_back(self, PyUnicode_KIND(text), PyUnicode_DATA(text), size - 1, size, found);
    return PyFloat_FromDouble(known && known == size ? found[known - 1] : -1.0);
}

PyDoc_STRVAR(chances_doc, "chances(text, known, order): the log chance of each character from one on.");
static PyObject *grams_chances(Grams *self, PyObject *args) {
    PyObject *text;
    Py_ssize_t known, order;
    double found[MOST], before[MOST];
    if (!PyArg_ParseTuple(args, "Unn", &text, &known, &order)) return NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    if (known < 0 || known > size || order < 1 || order > MOST) return PyErr_Format(PyExc_IndexError, "no such character");
    PyObject *out = PyList_New(size - known);
    Py_ssize_t given = known ? looked_back(self, PyUnicode_KIND(text), PyUnicode_DATA(text), known - 1, order - 1, before) : 0;
    for (Py_ssize_t end = known; out && end < size; end++) {
        Py_ssize_t length = looked_back(self, PyUnicode_KIND(text), PyUnicode_DATA(text), end, given + 1, found);
        PyObject *chance = PyFloat_FromDouble(chance_of(self, found, length, before, given));
        if (!chance) Py_CLEAR(out);
        else PyList_SET_ITEM(out, end - known, chance);
        given = length < order - 1 ? length : order - 1;
        memcpy(before, found, given * sizeof(double));
    }
    return out;
}

PyDoc_STRVAR(across_doc, "across(tail, before, head, alone, order): as NGrams._across, of both sides of a seam.");
static PyObject *grams_across(Grams *self, PyObject *const *args, Py_ssize_t count) {
    double found[MOST], before[MOST], total = 0.0;
    if (count != 5 || !PyList_Check(args[1]) || !PyList_Check(args[3])) return PyErr_Format(PyExc_TypeError, "two sides of a seam");
    if (!text_taken(args[0]) || !text_taken(args[2])) return NULL;
    Py_ssize_t order = PyLong_AsSsize_t(args[4]), known = PyUnicode_GET_LENGTH(args[0]), given = PyList_GET_SIZE(args[1]);
    if (order < 1 || order > MOST || given >= order) return PyErr_Format(PyExc_ValueError, "too long");
    if (!known) return PyFloat_FromDouble(0.0);
    for (Py_ssize_t i = 0; i < given; i++) before[i] = plain_number(PyList_GET_ITEM(args[1], i));
    PyObject *text = PyUnicode_Concat(args[0], args[2]);
    if (!text) return NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), heads = PyList_GET_SIZE(args[3]);
    for (Py_ssize_t k = 0; k < heads && known + k < size; k++) {
        Py_ssize_t length = looked_back(self, PyUnicode_KIND(text), PyUnicode_DATA(text), known + k, given + 1, found);
        total += chance_of(self, found, length, before, given) - plain_number(PyList_GET_ITEM(args[3], k));
        if (length <= k + 1) break;
        given = length < order - 1 ? length : order - 1;
        memcpy(before, found, given * sizeof(double));
    }
    Py_DECREF(text);
    return PyErr_Occurred() ? NULL : PyFloat_FromDouble(total);
}

static PyMethodDef grams_methods[] = {
    {"table", (PyCFunction)grams_table, METH_VARARGS, table_doc},
    {"seen", (PyCFunction)grams_seen, METH_O, seen_doc},
    {"chances", (PyCFunction)grams_chances, METH_VARARGS, chances_doc},
    {"across", (PyCFunction)(void (*)(void))grams_across, METH_FASTCALL, across_doc},
    {0},
};
static PyType_Slot grams_slots[] = {
    {Py_tp_new, grams_new},
    {Py_tp_dealloc, grams_freed},
    {Py_tp_methods, grams_methods},
    {Py_tp_doc, "Grams(data, bits, at, entries, step, back_off, log_total): counts of n-grams, read from the shipped table."},
    {0},
};
static PyType_Spec grams_spec = {"core.compiled._compiled.Grams", sizeof(Grams), 0, Py_TPFLAGS_DEFAULT, grams_slots};

/* ---- places where words of a list may begin */

typedef struct {
    PyObject_HEAD
    uint64_t *pairs; /* open addressing; nought is no pair */
    uint64_t mask;
    uint32_t firsts[2048]; /* one bit a character of the first plane that begins a word */
} Heads;

static void heads_freed(Heads *self) {
    PyMem_Free(self->pairs);
    freed((PyObject *)self);
}

static uint64_t spread(uint64_t pair) { return (pair * UINT64_C(0x9E3779B97F4A7C15)) >> 24; }

static PyObject *heads_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(names)) {
    PyObject *pairs;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &pairs)) return NULL;
    Heads *self = (Heads *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    Py_ssize_t count = PyList_GET_SIZE(pairs);
    uint64_t room = 16;
    while (room < 3 * (uint64_t)count) room *= 2;
    self->mask = room - 1;
    self->pairs = PyMem_Calloc(room, sizeof(uint64_t));
    if (!self->pairs) PyErr_NoMemory();
    for (Py_ssize_t i = 0; self->pairs && i < count; i++) {
        PyObject *text = PyList_GET_ITEM(pairs, i);
        if (!PyUnicode_Check(text) || PyUnicode_GET_LENGTH(text) != 2) {
            PyErr_SetString(PyExc_ValueError, "two characters are wanted");
            break;
        }
        uint64_t first = PyUnicode_READ_CHAR(text, 0), pair = first << 32 | PyUnicode_READ_CHAR(text, 1), at = spread(pair);
        if (first < 0x10000) self->firsts[first >> 5] |= UINT32_C(1) << (first & 31);
        while (self->pairs[at & self->mask]) at++;
        self->pairs[at & self->mask] = pair;
    }
    if (PyErr_Occurred()) Py_CLEAR(self);
    return (PyObject *)self;
}

static int begins(const Heads *self, uint64_t first, uint64_t second) {
    if (first < 0x10000 && !(self->firsts[first >> 5] >> (first & 31) & 1)) return 0;
    uint64_t pair = first << 32 | second, at = spread(pair);
    for (; self->pairs[at & self->mask]; at++)
        if (self->pairs[at & self->mask] == pair) return 1;
    return 0;
}

PyDoc_STRVAR(starts_doc, "starts(text): the places where two characters stand that begin a word.");
static PyObject *heads_starts(Heads *self, PyObject *text) {
    if (!text_taken(text)) return NULL;
    int kind = PyUnicode_KIND(text);
    const void *characters = PyUnicode_DATA(text);
    Py_ssize_t last = PyUnicode_GET_LENGTH(text) - 1;
    PyObject *out = PyList_New(0);
    if (!out || last < 1) return out;
    Py_UCS4 first = PyUnicode_READ(kind, characters, 0);
    for (Py_ssize_t i = 0; i < last; i++) {
        Py_UCS4 second = PyUnicode_READ(kind, characters, i + 1);
        if (begins(self, first, second)) {
            PyObject *place = PyLong_FromSsize_t(i);
            if (!place || PyList_Append(out, place) < 0) {
                Py_XDECREF(place);
                Py_DECREF(out);
                return NULL;
            }
            Py_DECREF(place);
        }
        first = second;
    }
    return out;
}

static PyMethodDef heads_methods[] = {
    {"starts", (PyCFunction)heads_starts, METH_O, starts_doc},
    {0},
};
static PyType_Slot heads_slots[] = {
    {Py_tp_new, heads_new},
    {Py_tp_dealloc, heads_freed},
    {Py_tp_methods, heads_methods},
    {Py_tp_doc, "Heads(pairs): the first two characters of a list's words."},
    {0},
};
static PyType_Spec heads_spec = {"core.compiled._compiled.Heads", sizeof(Heads), 0, Py_TPFLAGS_DEFAULT, heads_slots};

/* ---- words */

#define LONGEST 4

typedef struct {
    uint64_t word; /* its characters, 16 bits each; nought is none */
    double chance;
    uint32_t tag;
} Word;

typedef struct {
    PyObject_HEAD
    Word *words; /* open addressing */
    uint64_t mask;
    double *fits; /* how well each class follows each other, by their numbers; one more row: of no class, all nought */
    uint32_t tags, other; /* how many classes, and the number of that of other letters */
} Lattice;

static void lattice_freed(Lattice *self) {
    PyMem_Free(self->words);
    PyMem_Free(self->fits);
    freed((PyObject *)self);
}

/* The characters of a word as one number, nought where one is not of the first plane. */
static uint64_t word_of(int kind, const void *characters, Py_ssize_t from, Py_ssize_t to) {
    uint64_t word = 0;
    for (; from < to; from++) {
        Py_UCS4 character = PyUnicode_READ(kind, characters, from);
        if (!character || character > 0xFFFF) return 0;
        word = word << 16 | character;
    }
    return word;
}

static const Word *found_word(const Lattice *self, uint64_t word) {
    if (!word) return NULL;
    for (uint64_t at = spread(word);; at++) {
        const Word *found = &self->words[at & self->mask];
        if (found->word == word) return found;
        if (!found->word) return NULL;
    }
}

static PyObject *lattice_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(names)) {
    PyObject *chances, *tags, *fits, *name, *value, *number;
    Py_ssize_t at = 0, other, classes;
    if (!PyArg_ParseTuple(args, "O!O!O!nn", &PyDict_Type, &chances, &PyDict_Type, &tags, &PyList_Type, &fits, &classes, &other))
        return NULL;
    if (classes < 1 || other < 0 || other >= classes) return PyErr_Format(PyExc_ValueError, "no classes");
    Lattice *self = (Lattice *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    Py_ssize_t count;
    uint64_t room = 16;
    while (room < 2 * (uint64_t)PyDict_GET_SIZE(chances)) room *= 2;
    self->mask = room - 1, self->tags = (uint32_t)classes, self->other = (uint32_t)other;
    self->words = PyMem_Calloc(room, sizeof(Word));
    self->fits = numbers_of(fits, &count);
    if (!self->words && !PyErr_Occurred()) PyErr_NoMemory();
    if (!PyErr_Occurred() && count != (classes + 1) * classes) PyErr_SetString(PyExc_ValueError, "no classes");
    while (!PyErr_Occurred() && PyDict_Next(chances, &at, &name, &value)) {
        if (!text_taken(name)) break;
        Py_ssize_t size = PyUnicode_GET_LENGTH(name);
        uint64_t word = size <= LONGEST ? word_of(PyUnicode_KIND(name), PyUnicode_DATA(name), 0, size) : 0;
        number = PyDict_GetItemWithError(tags, name);
        if (!word || !number) {
            if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "not a word of the list");
            break;
        }
        double chance = plain_number(value), tag = PyErr_Occurred() ? -1.0 : plain_number(number);
        if (!(tag >= 0.0 && tag < self->tags)) {
            if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "no such class");
            break;
        }
        Word read = {word, chance, (uint32_t)tag};
        uint64_t place = spread(word);
        while (self->words[place & self->mask].word) place++;
        self->words[place & self->mask] = read;
    }
    if (PyErr_Occurred()) Py_CLEAR(self);
    return (PyObject *)self;
}

PyDoc_STRVAR(best_doc, "best(text, unseen): the log chance of the likeliest cut of a run into words, with their classes' fit.");
static PyObject *lattice_best(Lattice *self, PyObject *const *args, Py_ssize_t count) {
    if (count != 2) return PyErr_Format(PyExc_TypeError, "a text and a number are wanted");
    if (!text_taken(args[0])) return NULL;
    double unseen = PyFloat_AsDouble(args[1]), scores[LONGEST + 1] = {0.0};
    if (PyErr_Occurred()) return NULL;
    int kind = PyUnicode_KIND(args[0]);
    const void *characters = PyUnicode_DATA(args[0]);
    Py_ssize_t size = PyUnicode_GET_LENGTH(args[0]);
    uint32_t ends[LONGEST + 1] = {self->tags}; /* the class of the last word of the best cut, at each of the last places */
    double top = 0.0;
    for (Py_ssize_t stop = 1; stop <= size; stop++) {
        Py_ssize_t last = (stop - 1) % (LONGEST + 1);
        const Word *found = found_word(self, word_of(kind, characters, stop - 1, stop));
        uint32_t tag_at_top = found ? found->tag : self->other;
        top = scores[last] + (found ? found->chance : unseen) + self->fits[ends[last] * self->tags + tag_at_top];
        for (Py_ssize_t at = stop > LONGEST ? stop - LONGEST : 0; at < stop - 1; at++) {
            if (!(found = found_word(self, word_of(kind, characters, at, stop)))) continue;
            Py_ssize_t place = at % (LONGEST + 1);
            double score = scores[place] + found->chance + self->fits[ends[place] * self->tags + found->tag];
            if (score > top) top = score, tag_at_top = found->tag;
        }
        scores[stop % (LONGEST + 1)] = top;
        ends[stop % (LONGEST + 1)] = tag_at_top;
    }
    return PyFloat_FromDouble(top);
}

/* For each place of a text the log chance of the best cut, and where its last word begins. */
static void cut_by_counts(const Lattice *self, PyObject *text, double unseen, double *scores, Py_ssize_t *starts) {
    int kind = PyUnicode_KIND(text);
    const void *characters = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    scores[0] = 0.0, starts[0] = 0;
    for (Py_ssize_t stop = 1; stop <= size; stop++) {
        const Word *found = found_word(self, word_of(kind, characters, stop - 1, stop));
        double top = scores[stop - 1] + (found ? found->chance : unseen);
        Py_ssize_t begin = stop - 1;
        for (Py_ssize_t start = stop > LONGEST ? stop - LONGEST : 0; start < stop - 1; start++) {
            found = found_word(self, word_of(kind, characters, start, stop));
            if (found && scores[start] + found->chance > top) top = scores[start] + found->chance, begin = start;
        }
        scores[stop] = top, starts[stop] = begin;
    }
}

PyDoc_STRVAR(words_doc, "words(text, unseen): the likeliest words of a text, by their counts alone.");
static PyObject *lattice_words(Lattice *self, PyObject *const *args, Py_ssize_t count) {
    if (count != 2) return PyErr_Format(PyExc_TypeError, "a text and a number are wanted");
    if (!text_taken(args[0])) return NULL;
    double unseen = PyFloat_AsDouble(args[1]);
    if (PyErr_Occurred()) return NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(args[0]), words = 0;
    double *scores = table_of(size + 1, 1, sizeof(double));
    Py_ssize_t *starts = table_of(size + 1, 1, sizeof(Py_ssize_t));
    PyObject *out = NULL;
    if (scores && starts) {
        cut_by_counts(self, args[0], unseen, scores, starts);
        for (Py_ssize_t stop = size; stop; stop = starts[stop]) words++;
        out = PyList_New(words);
        for (Py_ssize_t stop = size; out && stop; stop = starts[stop]) {
            PyObject *word = PyUnicode_Substring(args[0], starts[stop], stop);
            if (!word) Py_CLEAR(out);
            else PyList_SET_ITEM(out, --words, word);
        }
    }
    PyMem_Free(scores);
    PyMem_Free(starts);
    return out;
}

PyDoc_STRVAR(by_counts_doc, "by_counts(text, unseen): for each place the log chance of the best cut, and where its last word begins.");
static PyObject *lattice_by_counts(Lattice *self, PyObject *args) {
    PyObject *text;
    double unseen;
    if (!PyArg_ParseTuple(args, "Ud", &text, &unseen)) return NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    double *scores = table_of(size + 1, 1, sizeof(double));
    Py_ssize_t *starts = table_of(size + 1, 1, sizeof(Py_ssize_t));
    PyObject *begins = scores && starts ? PyList_New(size + 1) : NULL, *chances = NULL, *out = NULL;
    if (begins) cut_by_counts(self, text, unseen, scores, starts);
    for (Py_ssize_t stop = 0; begins && stop <= size; stop++) {
        PyObject *number = PyLong_FromSsize_t(starts[stop]);
        if (!number) Py_CLEAR(begins);
        else PyList_SET_ITEM(begins, stop, number);
    }
    if (begins) chances = list_of(scores, size + 1);
    if (chances) out = PyTuple_Pack(2, chances, begins);
    PyMem_Free(scores);
    PyMem_Free(starts);
    Py_XDECREF(begins);
    Py_XDECREF(chances);
    return out;
}

PyDoc_STRVAR(crosses_doc, "crosses(text, at): whether any word of the list lies across a place of a text.");
static PyObject *lattice_crosses(Lattice *self, PyObject *const *args, Py_ssize_t count) {
    if (count != 2) return PyErr_Format(PyExc_TypeError, "a text and a place are wanted");
    if (!text_taken(args[0])) return NULL;
    Py_ssize_t at = PyNumber_AsSsize_t(args[1], NULL), size = PyUnicode_GET_LENGTH(args[0]);
    if (PyErr_Occurred()) return NULL;
    int kind = PyUnicode_KIND(args[0]);
    const void *characters = PyUnicode_DATA(args[0]);
    if (at > size + LONGEST) at = size + LONGEST; /* no word reaches so far */
    for (Py_ssize_t start = at < LONGEST ? 0 : at - LONGEST + 1; start < at; start++)
        for (Py_ssize_t stop = at + 1; stop <= start + LONGEST; stop++) /* cut off at the end, as a slice is */
            if (found_word(self, word_of(kind, characters, start, stop < size ? stop : size))) Py_RETURN_TRUE;
    Py_RETURN_FALSE;
}

static PyMethodDef lattice_methods[] = {
    {"words", (PyCFunction)(void (*)(void))lattice_words, METH_FASTCALL, words_doc},
    {"crosses", (PyCFunction)(void (*)(void))lattice_crosses, METH_FASTCALL, crosses_doc},
    {"best", (PyCFunction)(void (*)(void))lattice_best, METH_FASTCALL, best_doc},
    {"by_counts", (PyCFunction)lattice_by_counts, METH_VARARGS, by_counts_doc},
    {0},
};
static PyType_Slot lattice_slots[] = {
    {Py_tp_new, lattice_new},
    {Py_tp_dealloc, lattice_freed},
    {Py_tp_methods, lattice_methods},
    {Py_tp_doc, "Lattice(chances, tags, fits, classes, other): words with the chance and the number of the class of each."},
    {0},
};
static PyType_Spec lattice_spec = {"core.compiled._compiled.Lattice", sizeof(Lattice), 0, Py_TPFLAGS_DEFAULT, lattice_slots};

/* ---- what the lines of a page have in common */

typedef struct {
    uint64_t pair; /* nought is none */
    int32_t lines, id; /* how many lines have it; its number, from 1 */
} Shared;

typedef struct {
    PyObject_HEAD
    Py_ssize_t count;
    Py_ssize_t *begins; /* where each line's own part of ``others`` and ``weights`` begins; one more: where all end */
    int32_t *others;
    double *weights, *sizes;
} Likes;

static PyTypeObject *likes_type;

static void likes_freed(Likes *self) {
    PyMem_Free(self->begins);
    PyMem_Free(self->others);
    PyMem_Free(self->weights);
    PyMem_Free(self->sizes);
    freed((PyObject *)self);
}

/* What is kept while the pairs of all lines are counted. */
typedef struct {
    Shared *pairs; /* open addressing */
    uint64_t mask;
    uint64_t *met; /* the pairs as they are met, line after line; later their numbers, nought for what is not shared */
    Py_ssize_t *ends; /* where each line's own end in ``met`` */
    int32_t *first, *places; /* the lines of each number, one number after the other, and where they begin */
    double *worth; /* of each number */
    double *row;
    int32_t *touched;
    uint8_t *is_touched;
} Counted;

static void counted_freed(Counted *all) {
    PyMem_Free(all->pairs);
    PyMem_Free(all->met);
    PyMem_Free(all->ends);
    PyMem_Free(all->first);
    PyMem_Free(all->places);
    PyMem_Free(all->worth);
    PyMem_Free(all->row);
    PyMem_Free(all->touched);
    PyMem_Free(all->is_touched);
}

static Shared *shared_of(const Counted *all, uint64_t pair) {
    uint64_t at = spread(pair);
    while (all->pairs[at & all->mask].pair && all->pairs[at & all->mask].pair != pair) at++;
    return &all->pairs[at & all->mask];
}

/* Lists the pairs of all lines in the order in which they are met, and counts them; 0 with an error set. */
static int pairs_met(Counted *all, PyObject *lines, Py_ssize_t count, double *sizes) {
    Py_ssize_t room = 0, used = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!PyFrozenSet_CheckExact(PyList_GET_ITEM(lines, i))) {
            PyErr_SetString(PyExc_TypeError, "the pairs of lines are wanted");
            return 0;
        }
        room += PySet_GET_SIZE(PyList_GET_ITEM(lines, i));
    }
    uint64_t slots = 16;
    while (slots < 2 * (uint64_t)room + 2) slots *= 2;
    all->mask = slots - 1;
    all->pairs = table_of((Py_ssize_t)slots, 1, sizeof(Shared));
    all->met = table_of(room, 1, sizeof(uint64_t));
    all->ends = table_of(count, 1, sizeof(Py_ssize_t));
    if (!all->pairs || !all->met || !all->ends) return 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *text, *walk = PyObject_GetIter(PyList_GET_ITEM(lines, i));
        if (!walk) return 0;
        while ((text = PyIter_Next(walk))) {
            int fits = PyUnicode_Check(text) && PyUnicode_GET_LENGTH(text) == 2 && used < room;
            uint64_t pair = fits ? (uint64_t)PyUnicode_READ_CHAR(text, 0) << 32 | PyUnicode_READ_CHAR(text, 1) : 0;
            Py_DECREF(text);
            if (!pair) {
                PyErr_SetString(PyExc_ValueError, "two characters are wanted");
                break;
            }
            Shared *shared = shared_of(all, pair);
            shared->pair = pair;
            shared->lines++;
            all->met[used++] = pair;
        }
        Py_DECREF(walk);
        if (PyErr_Occurred()) return 0;
        all->ends[i] = used;
        sizes[i] = (double)(used - (i ? all->ends[i - 1] : 0));
    }
    return 1;
}

/* Numbers the pairs that several lines but few share, in the order in which they are met, and lists the lines of each. */
static int lines_listed(Counted *all, Py_ssize_t count, const Grams *grams, const double *tells, Py_ssize_t most, double whole) {
    Py_ssize_t used = count ? all->ends[count - 1] : 0, ids = 0, room = 0;
    all->first = table_of(used + 2, 1, sizeof(int32_t));
    all->worth = table_of(used + 1, 1, sizeof(double));
    if (!all->first || !all->worth) return 0;
    for (Py_ssize_t n = 0; n < used; n++) {
        uint64_t pair = all->met[n];
        Shared *shared = shared_of(all, pair);
        if (!shared->id && shared->lines > 1 && shared->lines <= most) {
            double known[2];
            Py_UCS4 both[2] = {(Py_UCS4)(pair >> 32), (Py_UCS4)pair};
            double seen = looked_back(grams, PyUnicode_4BYTE_KIND, both, 1, 2, known) == 2 ? known[1] : 0.0;
            shared->id = (int32_t)++ids;
            all->worth[ids] = (1.0 - (seen > 0.0 ? seen : 0.0) / 13.0) * tells[shared->lines] / whole;
            all->first[ids] = (int32_t)room;
            room += shared->lines;
            if (room > INT32_MAX) {
                PyErr_NoMemory();
                return 0;
            }
        }
        all->met[n] = (uint64_t)shared->id;
    }
    if (!(all->places = table_of(room, 1, sizeof(int32_t)))) return 0;
    int32_t *filled = table_of(ids + 1, 1, sizeof(int32_t));
    if (!filled) return 0;
    for (Py_ssize_t i = 0, n = 0; i < count; i++)
        for (; n < all->ends[i]; n++)
            if (all->met[n]) all->places[all->first[all->met[n]] + filled[all->met[n]]++] = (int32_t)i;
    all->first[ids + 1] = (int32_t)room;
    PyMem_Free(filled);
    return 1;
}

static int by_number(const void *one, const void *other) {
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return (a > b) - (a < b);
}

/* The weight of what each line shares with each other, added in the order of the numbers. */
static int likes_weighed(Likes *self, Counted *all) {
    Py_ssize_t count = self->count, used = 0, room = 4 * count + 16;
    all->row = table_of(count, 1, sizeof(double));
    all->touched = table_of(count, 1, sizeof(int32_t));
    all->is_touched = table_of(count, 1, 1);
    self->begins = table_of(count + 1, 1, sizeof(Py_ssize_t));
    self->others = table_of(room, 1, sizeof(int32_t));
    self->weights = table_of(room, 1, sizeof(double));
    if (!all->row || !all->touched || !all->is_touched || !self->begins || !self->others || !self->weights) return 0;
    for (Py_ssize_t i = 0, n = 0; i < count; i++) {
        Py_ssize_t touched = 0, end = all->ends[i];
        qsort(all->met + n, (size_t)(end - n), sizeof(uint64_t), by_number);
        for (; n < end; n++) {
            uint64_t id = all->met[n];
            if (!id) continue;
            for (int32_t at = all->first[id]; at < all->first[id + 1]; at++) {
                int32_t k = all->places[at];
                if (k == i) continue;
                if (!all->is_touched[k]) all->is_touched[k] = 1, all->row[k] = 0.0, all->touched[touched++] = k;
                all->row[k] += all->worth[id];
            }
        }
        if (used + touched > room) {
            room = 2 * (used + touched);
            int32_t *others = PyMem_Realloc(self->others, (size_t)room * sizeof(int32_t));
            if (others) self->others = others;
            double *weights = PyMem_Realloc(self->weights, (size_t)room * sizeof(double));
            if (weights) self->weights = weights;
            if (!others || !weights) {
                PyErr_NoMemory();
                return 0;
            }
        }
        for (Py_ssize_t t = 0; t < touched; t++, used++) {
            int32_t k = all->touched[t];
            self->others[used] = k, self->weights[used] = all->row[k], all->is_touched[k] = 0;
        }
        self->begins[i + 1] = used;
    }
    return 1;
}

static PyObject *likes_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(names)) {
    PyObject *lines, *tells;
    Grams *grams;
    double whole, *told = NULL;
    Py_ssize_t most = 0;
    if (!PyArg_ParseTuple(args, "O!O!O!d", &PyList_Type, &lines, grams_type, &grams, &PyList_Type, &tells, &whole)) return NULL;
    Likes *self = (Likes *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    Counted all = {0};
    Py_ssize_t count = PyList_GET_SIZE(lines);
    self->sizes = table_of(count, 1, sizeof(double));
    int fits = self->sizes && (told = numbers_of(tells, &most)) && pairs_met(&all, lines, count, self->sizes);
    self->count = count;
    fits = fits && lines_listed(&all, count, grams, told, most - 1, whole) && likes_weighed(self, &all);
    counted_freed(&all);
    PyMem_Free(told);
    if (!fits) Py_CLEAR(self);
    return (PyObject *)self;
}

/* The weight of what two lines share, 0 where they share nothing. */
static double weight_of(const Likes *self, Py_ssize_t a, Py_ssize_t b) {
    for (Py_ssize_t at = self->begins[a]; at < self->begins[a + 1]; at++)
        if (self->others[at] == b) return self->weights[at];
    return 0.0;
}

static double at_least_eight(double size) { return size > 8.0 ? size : 8.0; }

static double likeness_of(const Likes *self, Py_ssize_t a, Py_ssize_t b) {
    double found = weight_of(self, a, b);
    return found != 0.0 ? found / sqrt(at_least_eight(self->sizes[a]) * at_least_eight(self->sizes[b])) : 0.0;
}

PyDoc_STRVAR(between_doc, "between(a, b): the likeness of two lines.");
static PyObject *likes_between(Likes *self, PyObject *args) {
    Py_ssize_t a, b;
    if (!PyArg_ParseTuple(args, "nn", &a, &b)) return NULL;
    if (a < 0 || b < 0 || a >= self->count || b >= self->count) return PyErr_Format(PyExc_IndexError, "no such line");
    return PyFloat_FromDouble(likeness_of(self, a, b));
}

/* The numbers of a list, each at least nought and below a limit; NULL with an error set. */
static int32_t *places_of(PyObject *list, Py_ssize_t limit, Py_ssize_t *count) {
    PyObject *fast = PySequence_Fast(list, "a list of numbers is wanted");
    if (!fast) return NULL;
    *count = PySequence_Fast_GET_SIZE(fast);
    int32_t *out = table_of(*count, 1, sizeof(int32_t));
    for (Py_ssize_t i = 0; out && i < *count; i++) {
        PyObject *number = PySequence_Fast_GET_ITEM(fast, i);
        Py_ssize_t place = PyLong_Check(number) ? PyLong_AsSsize_t(number) : -1;
        if (place < 0 || place >= limit) {
            if (!PyErr_Occurred()) PyErr_SetString(PyExc_IndexError, "no such line");
            PyMem_Free(out);
            out = NULL;
        } else out[i] = (int32_t)place;
    }
    Py_DECREF(fast);
    return out;
}

PyDoc_STRVAR(together_doc, "together(left, right): the likeness of two groups of lines.");
static PyObject *likes_together(Likes *self, PyObject *args) {
    PyObject *one, *other, *out = NULL;
    Py_ssize_t ones, others;
    if (!PyArg_ParseTuple(args, "OO", &one, &other)) return NULL;
    int32_t *left = places_of(one, self->count, &ones), *right = left ? places_of(other, self->count, &others) : NULL;
    if (left && right) {
        double total = 0.0, size = 0.0, room = 0.0;
        for (Py_ssize_t a = 0; a < ones; a++) {
            size += self->sizes[left[a]];
            for (Py_ssize_t b = 0; b < others; b++) total += weight_of(self, left[a], right[b]);
        }
        for (Py_ssize_t b = 0; b < others; b++) room += self->sizes[right[b]];
        out = PyFloat_FromDouble(total != 0.0 ? total / sqrt(at_least_eight(size) * at_least_eight(room)) : 0.0);
    }
    PyMem_Free(left);
    PyMem_Free(right);
    return out;
}

PyDoc_STRVAR(row_doc, "row(a): the weight of what a line shares with each other that it shares something with.");
static PyObject *likes_row(Likes *self, PyObject *line) {
    Py_ssize_t a = PyNumber_AsSsize_t(line, PyExc_IndexError);
    if (a < 0 || a >= self->count) return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_IndexError, "no such line");
    PyObject *out = PyDict_New();
    for (Py_ssize_t at = self->begins[a]; out && at < self->begins[a + 1]; at++) {
        PyObject *other = PyLong_FromLong(self->others[at]), *weight = PyFloat_FromDouble(self->weights[at]);
        if (!other || !weight || PyDict_SetItem(out, other, weight) < 0) Py_CLEAR(out);
        Py_XDECREF(other);
        Py_XDECREF(weight);
    }
    return out;
}

PyDoc_STRVAR(sizes_doc, "sizes(): how many pairs each line has.");
static PyObject *likes_sizes(Likes *self, PyObject *Py_UNUSED(none)) { return list_of(self->sizes, self->count); }

static PyMethodDef likes_methods[] = {
    {"between", (PyCFunction)likes_between, METH_VARARGS, between_doc},
    {"together", (PyCFunction)likes_together, METH_VARARGS, together_doc},
    {"row", (PyCFunction)likes_row, METH_O, row_doc},
    {"sizes", (PyCFunction)likes_sizes, METH_NOARGS, sizes_doc},
    {0},
};
static PyType_Slot likes_slots[] = {
    {Py_tp_new, likes_new},
    {Py_tp_dealloc, likes_freed},
    {Py_tp_methods, likes_methods},
    {Py_tp_doc, "Likes(pairs, grams, tells, whole): the pairs of characters that the lines of a page share."},
    {0},
};
static PyType_Spec likes_spec = {"core.compiled._compiled.Likes", sizeof(Likes), 0, Py_TPFLAGS_DEFAULT, likes_slots};

/* ---- the possible steps between the stretches of a page, as core/reading/page/joins.py has them */

#define AROUND 4 /* characters beside a seam that the n-grams are asked of, one less than their order */
#define FAR (-9.0)
#define STRANGERS (-9.0)
#define ABSENT (-1e300) /* nothing is shared: no sum of weights comes to it */
#define WIDEST 60.0
#define MOST_STRETCHES 2000

typedef struct {
    Py_UCS4 tail[AROUND], head[AROUND];
    Py_ssize_t tails, heads, before;
    uint64_t key; /* of the head's first character */
    double first, rare; /* its log count, below nought where it is not known; how rare the tail's last one is */
    double known[AROUND + 1], alone[AROUND + 1]; /* of the n-grams that end the tail, of the characters of the head */
} Side;

typedef struct {
    double best, second;
    Py_ssize_t whose, count;
} Lead;

typedef struct {
    PyObject_HEAD
    Likes *likes;
    Grams *grams;
    Py_ssize_t lines, count; /* lines that may be text, and stretches of them */
    int32_t *nodes, *low, *high, *home, *headed;
    Side *sides;
    double *ends, *starts, *page, *titles, *bodies, *cut, *opened, *strays, *chars, *widths;
    Py_ssize_t of_end, of_start, of_page;
    double *sizes, *letters, *title_sizes, *whole, *edges, *told; /* the last three: what each stretch shares with each */
    Lead *claims;
    Py_ssize_t steps;
    Py_ssize_t *begins; /* where the steps of each stretch begin; one more: where all end */
    int32_t *to;
    double *gains, *alike, *edged;
} Steps;

static void steps_freed(Steps *self) {
    Py_XDECREF(self->likes);
    Py_XDECREF(self->grams);
    void *all[] = {
        self->nodes, self->low, self->high, self->home, self->headed, self->sides, self->ends, self->starts, self->page,
        self->titles, self->bodies, self->cut, self->opened, self->strays, self->chars, self->widths, self->sizes,
        self->letters, self->title_sizes, self->whole, self->edges, self->told, self->claims, self->begins, self->to,
        self->gains, self->alike, self->edged,
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) PyMem_Free(all[i]);
    freed((PyObject *)self);
}

/* A list of so many numbers; NULL with an error set. */
static double *numbers_for(PyObject *list, Py_ssize_t count) {
    Py_ssize_t found;
    double *out = numbers_of(list, &found);
    if (!out || found == count) return out;
    PyMem_Free(out);
    PyErr_SetString(PyExc_ValueError, "not so many numbers as lines");
    return NULL;
}

/* A list of so many rows of one width; NULL with an error set. */
static double *rows_for(PyObject *list, Py_ssize_t count, Py_ssize_t *width) {
    if (PyList_GET_SIZE(list) != count) {
        PyErr_SetString(PyExc_ValueError, "not so many rows as lines");
        return NULL;
    }
    double *out = NULL;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *row = i < PyList_GET_SIZE(list) ? PyList_GET_ITEM(list, i) : NULL;
        Py_ssize_t found = 0;
        Py_XINCREF(row);
        double *read = row ? numbers_of(row, &found) : NULL;
        Py_XDECREF(row);
        if (read && !i) *width = found, out = table_of(count, found, sizeof(double));
        if (read && out && found == *width) memcpy(out + i * found, read, (size_t)found * sizeof(double));
        else if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "rows of one width are wanted");
        PyMem_Free(read);
        if (PyErr_Occurred()) {
            PyMem_Free(out);
            return NULL;
        }
    }
    return out ? out : table_of(0, 0, sizeof(double));
}

/* What the n-grams know of both ends of each line. */
static Side *sides_of(const Grams *grams, PyObject *tails, PyObject *heads, Py_ssize_t count) {
    Side *out = table_of(count, 1, sizeof(Side));
    int fits = out && PyList_GET_SIZE(tails) == count && PyList_GET_SIZE(heads) == count;
    for (Py_ssize_t i = 0; fits && i < count; i++) {
        PyObject *tail = PyList_GET_ITEM(tails, i), *head = PyList_GET_ITEM(heads, i);
        if (!(fits = PyUnicode_Check(tail) && PyUnicode_Check(head))) break;
        Side *side = &out[i];
        Py_ssize_t size = PyUnicode_GET_LENGTH(tail), given = 0;
        side->tails = size < AROUND ? size : AROUND;
        for (Py_ssize_t n = 0; n < side->tails; n++) side->tail[n] = PyUnicode_READ_CHAR(tail, size - side->tails + n);
        side->before = looked_back(grams, PyUnicode_4BYTE_KIND, side->tail, side->tails - 1, AROUND, side->known);
        size = PyUnicode_GET_LENGTH(head);
        side->heads = size < AROUND ? size : AROUND;
        for (Py_ssize_t n = 0; n < side->heads; n++) side->head[n] = PyUnicode_READ_CHAR(head, n);
        double found[MOST], before[MOST], last = 0.0;
        if (side->tails) last = looked_up(grams, longer(0, side->tail[side->tails - 1]));
        side->rare = grams->log_total - (last > 0.0 ? last : 0.0);
        side->key = side->heads ? longer(0, side->head[0]) : 0;
        side->first = side->heads ? looked_up(grams, side->key) : -1.0;
        for (Py_ssize_t n = 0; n < side->heads; n++) {
            Py_ssize_t length = looked_back(grams, PyUnicode_4BYTE_KIND, side->head, n, given + 1, found);
            side->alone[n] = chance_of(grams, found, length, before, given);
            given = length < AROUND ? length : AROUND;
            memcpy(before, found, (size_t)given * sizeof(double));
        }
    }
    if (!fits && !PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "the texts of all lines are wanted");
    if (!fits) PyMem_Free(out), out = NULL;
    return out;
}

/* How much likelier a line's first characters are behind another's last ones than by themselves, as Grams.across. */
static double gain_of(const Grams *grams, const Side *end, const Side *start) {
    Py_UCS4 text[2 * AROUND];
    double found[MOST], before[MOST], total = 0.0;
    Py_ssize_t given = end->before;
    if (!end->tails) return 0.0;
    memcpy(text, end->tail, (size_t)end->tails * sizeof(Py_UCS4));
    memcpy(text + end->tails, start->head, (size_t)start->heads * sizeof(Py_UCS4));
    memcpy(before, end->known, (size_t)given * sizeof(double));
    for (Py_ssize_t k = 0; k < start->heads; k++) {
        Py_ssize_t length = looked_back(grams, PyUnicode_4BYTE_KIND, text, end->tails + k, given + 1, found);
        total += chance_of(grams, found, length, before, given) - start->alone[k];
        if (length <= k + 1) break;
        given = length < AROUND ? length : AROUND;
        memcpy(before, found, (size_t)given * sizeof(double));
    }
    return total;
}

/* How much likelier the two characters at a seam stand side by side than by chance. */
static double pull_of(const Grams *grams, const Side *end, const Side *start) {
    if (!end->tails || start->first < 0.0) return STRANGERS;
    double found = looked_up(grams, longer(start->key, end->tail[end->tails - 1]));
    return found < 0.0 ? STRANGERS : found - start->first + end->rare;
}

static double or_none(double weight) { return weight == ABSENT ? 0.0 : weight; }

static void added(double *weights, Py_ssize_t at, double weight) {
    weights[at] = weights[at] == ABSENT ? 0.0 + weight : weights[at] + weight;
}

/* The largest of what is offered, the largest first; among equals the one with the larger number. */
typedef struct {
    double value;
    int32_t number;
} Offer;

static void offered(Offer *top, Py_ssize_t *count, Py_ssize_t most, double value, Py_ssize_t number) {
    Py_ssize_t at = *count;
    while (at && (top[at - 1].value < value || (top[at - 1].value == value && top[at - 1].number < number))) at--;
    if (at >= most) return;
    if (*count < most) (*count)++;
    for (Py_ssize_t n = *count - 1; n > at; n--) top[n] = top[n - 1];
    Offer offer = {value, (int32_t)number};
    top[at] = offer;
}

/* The best and the second best of what is told, one after the other. */
static void leads(Lead *lead, double value, Py_ssize_t whose) {
    if (!lead->count++) lead->best = value, lead->whose = whose;
    else if (value > lead->best || (value == lead->best && whose > lead->whose)) {
        lead->second = lead->best, lead->best = value, lead->whose = whose;
    } else if (lead->count == 2 || value > lead->second) lead->second = value;
}

static Lead *leads_of(Py_ssize_t count, double none) {
    Lead *out = table_of(count, 1, sizeof(Lead)), empty = {none, none, -1, 0};
    for (Py_ssize_t i = 0; out && i < count; i++) out[i] = empty;
    return out;
}

static double other_than(const Lead *lead, Py_ssize_t own) { return lead->whose == own ? lead->second : lead->best; }

/* The weight of what the first lines of a stretch, or its last, share with each stretch or with its first lines. */
static void shared_with(Steps *self, const int32_t *owner, const int32_t *place, Py_ssize_t line, Py_ssize_t edge, double *out) {
    const Likes *likes = self->likes;
    Py_ssize_t node = self->nodes[line];
    for (Py_ssize_t at = likes->begins[node]; at < likes->begins[node + 1]; at++) {
        int32_t k = likes->others[at];
        if (owner[k] >= 0 && place[k] < edge) added(out, owner[k], likes->weights[at]);
    }
}

/* The stretches, their sizes, and what they share; 0 with an error set. */
static int stretches_told(Steps *self, Py_ssize_t edge) {
    const Likes *likes = self->likes;
    Py_ssize_t count = self->count;
    int32_t *owner = table_of(likes->count, 1, sizeof(int32_t)), *place = table_of(likes->count, 1, sizeof(int32_t));
    self->home = table_of(count, 1, sizeof(int32_t));
    self->headed = table_of(count + 1, 1, sizeof(int32_t));
    self->sizes = table_of(count, 1, sizeof(double));
    self->letters = table_of(count, 1, sizeof(double));
    self->title_sizes = table_of(count, 1, sizeof(double));
    self->whole = table_of(count, count, sizeof(double));
    self->edges = table_of(count, count, sizeof(double));
    self->told = table_of(count, count, sizeof(double));
    self->claims = leads_of(count, 0.0);
    int fits = owner && place && self->home && self->headed && self->sizes && self->letters && self->title_sizes &&
               self->whole && self->edges && self->told && self->claims;
    if (!fits) goto end;
    for (Py_ssize_t i = 0; i < likes->count; i++) owner[i] = -1;
    for (Py_ssize_t i = 0; i < count * count; i++) self->whole[i] = self->edges[i] = self->told[i] = ABSENT;
    for (Py_ssize_t k = 0; k < count; k++)
        for (int32_t i = self->low[k]; i <= self->high[k]; i++) {
            owner[self->nodes[i]] = (int32_t)k, place[self->nodes[i]] = i - self->low[k];
            self->sizes[k] += likes->sizes[self->nodes[i]];
            self->letters[k] += self->chars[i];
            if (self->titles[i] < 0.5) continue;
            self->headed[k + 1] = 1;
            self->title_sizes[k] += likes->sizes[self->nodes[i]];
        }
    for (Py_ssize_t k = 0; k < count; k++) {
        self->sizes[k] = at_least_eight(self->sizes[k]);
        if (self->title_sizes[k] < 4.0) self->title_sizes[k] = 4.0;
        self->home[k] = self->headed[k + 1] ? (int32_t)k : k ? self->home[k - 1] : -1;
        self->headed[k + 1] += self->headed[k]; /* how many stretches up to here have a headline */
        double *whole = self->whole + k * count, *edges = self->edges + k * count, *told = self->told + k * count;
        for (int32_t i = self->low[k]; i <= self->high[k]; i++) {
            shared_with(self, owner, place, i, INT32_MAX, whole);
            if (i > self->high[k] - edge) shared_with(self, owner, place, i, edge, edges);
            if (self->titles[i] >= 0.5) shared_with(self, owner, place, i, INT32_MAX, told);
        }
        for (Py_ssize_t b = 0; b < count; b++)
            if (b != k && told[b] != ABSENT) leads(&self->claims[b], told[b] / self->title_sizes[k], k);
    }
end:
    PyMem_Free(owner);
    PyMem_Free(place);
    return fits;
}

/* Marks the best steps of a row, or of a column, by what goes on across the seam. */
static void by_gain(const Steps *self, const Offer *top, Py_ssize_t count, Py_ssize_t own, int column, Py_ssize_t most, char *found) {
    Offer best[16];
    Py_ssize_t kept = 0;
    for (Py_ssize_t n = 0; n < count; n++) {
        Py_ssize_t a = column ? top[n].number : own, b = column ? own : top[n].number;
        offered(best, &kept, most, gain_of(self->grams, &self->sides[self->high[a]], &self->sides[self->low[b]]), top[n].number);
    }
    for (Py_ssize_t n = 0; n < kept; n++)
        found[column ? best[n].number * self->count + own : own * self->count + best[n].number] = 1;
}

/* The steps that are asked about: what stands near, what goes on by its words, what is alike. */
static int steps_chosen(Steps *self, Py_ssize_t near, Py_ssize_t looked_at, Py_ssize_t gain, Py_ssize_t alike) {
    Py_ssize_t count = self->count;
    char *found = table_of(count, count, 1), *is_start = table_of(count, 1, 1);
    Offer *columns = table_of(count, 16, sizeof(Offer)), *back = table_of(count, 16, sizeof(Offer)), row[16], told[16];
    Py_ssize_t *in_column = table_of(count, 1, sizeof(Py_ssize_t)), *in_back = table_of(count, 1, sizeof(Py_ssize_t));
    int fits = found && is_start && columns && back && in_column && in_back;
    for (Py_ssize_t b = 0; fits && b < count; b++) is_start[b] = self->titles[self->low[b]] < 0.9;
    for (Py_ssize_t a = 0; fits && a < count; a++) {
        int32_t end = self->high[a];
        for (Py_ssize_t b = a > near ? a - near : 0; b < count && b <= a + near; b++) found[a * count + b] = b != a;
        Py_ssize_t kept = 0, named = 0;
        if (self->cut[end] != 0.0 && self->bodies[end] >= 0.1) {
            for (Py_ssize_t b = 0; b < count; b++) {
                if (b == a || !is_start[b]) continue;
                double pull = pull_of(self->grams, &self->sides[end], &self->sides[self->low[b]]);
                offered(row, &kept, looked_at, pull, b);
                offered(columns + 16 * b, &in_column[b], looked_at, pull, a);
            }
            by_gain(self, row, kept, a, 0, gain, found);
        }
        kept = 0;
        const double *whole = self->whole + a * count, *edges = self->edges + a * count, *title = self->told + a * count;
        for (Py_ssize_t b = 0; b < count; b++) {
            if (b == a || !is_start[b]) continue;
            if (whole[b] != ABSENT) {
                double value = whole[b] / sqrt(self->sizes[a] * self->sizes[b]) + 0.02 * or_none(edges[b]);
                offered(row, &kept, alike, value, b);
                offered(back + 16 * b, &in_back[b], alike, value, a);
            }
            if (title[b] != ABSENT) offered(told, &named, alike, title[b] / self->title_sizes[a], b);
        }
        for (Py_ssize_t n = 0; n < kept; n++) found[a * count + row[n].number] = 1;
        for (Py_ssize_t n = 0; n < named; n++) found[a * count + told[n].number] = 1;
    }
    for (Py_ssize_t b = 0; fits && b < count; b++) {
        by_gain(self, columns + 16 * b, in_column[b], b, 1, gain, found);
        for (Py_ssize_t n = 0; n < in_back[b]; n++) found[back[16 * b + n].number * count + b] = 1;
    }
    for (Py_ssize_t i = 0; fits && i < count * count; i++) self->steps += found[i];
    self->begins = table_of(count + 1, 1, sizeof(Py_ssize_t));
    self->to = table_of(self->steps, 1, sizeof(int32_t));
    self->gains = table_of(self->steps, 1, sizeof(double));
    self->alike = table_of(self->steps, 1, sizeof(double));
    self->edged = table_of(self->steps, 1, sizeof(double));
    fits = fits && self->begins && self->to && self->gains && self->alike && self->edged;
    for (Py_ssize_t a = 0, n = 0; fits && a < count; a++) {
        for (Py_ssize_t b = 0; b < count; b++) {
            if (!found[a * count + b]) continue;
            self->to[n] = (int32_t)b;
            self->gains[n] = gain_of(self->grams, &self->sides[self->high[a]], &self->sides[self->low[b]]);
            self->alike[n] = or_none(self->whole[a * count + b]) / sqrt(self->sizes[a] * self->sizes[b]);
            self->edged[n++] = or_none(self->edges[a * count + b]);
        }
        self->begins[a + 1] = n;
    }
    PyMem_Free(found);
    PyMem_Free(is_start);
    PyMem_Free(columns);
    PyMem_Free(back);
    PyMem_Free(in_column);
    PyMem_Free(in_back);
    return fits;
}

static PyObject *steps_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(names)) {
    PyObject *nodes, *low, *high, *tails, *heads, *ends, *starts, *page, *lists[7];
    Likes *likes;
    Grams *grams;
    Py_ssize_t near, looked_at, gain, alike, edge, found, same;
    if (!PyArg_ParseTuple(
            args, "O!O!OOOO!O!O!O!O(OOOOOOO)(nnnnn)", likes_type, &likes, grams_type, &grams, &nodes, &low, &high,
            &PyList_Type, &tails, &PyList_Type, &heads, &PyList_Type, &ends, &PyList_Type, &starts, &page, &lists[0],
            &lists[1], &lists[2], &lists[3], &lists[4], &lists[5], &lists[6], &near, &looked_at, &gain, &alike, &edge))
        return NULL;
    if (near < 0 || near > 16 || looked_at < 1 || looked_at > 16 || gain < 1 || gain > 16 || alike < 1 || alike > 16 || edge < 0)
        return PyErr_Format(PyExc_ValueError, "too many");
    Steps *self = (Steps *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->likes = (Likes *)Py_NewRef(likes), self->grams = (Grams *)Py_NewRef(grams);
    int fits = (self->nodes = places_of(nodes, likes->count, &self->lines)) != NULL;
    Py_ssize_t lines = self->lines;
    fits = fits && (self->low = places_of(low, lines, &self->count)) && (self->high = places_of(high, lines, &same));
    if (fits && (self->count != same || same > MOST_STRETCHES)) {
        PyErr_SetString(PyExc_ValueError, "not these stretches");
        fits = 0;
    }
    for (Py_ssize_t k = 0; fits && k < same; k++)
        if (self->high[k] < self->low[k] || (k && self->low[k] <= self->high[k - 1])) {
            PyErr_SetString(PyExc_ValueError, "not these stretches");
            fits = 0;
        }
    double **into[7] = {&self->titles, &self->bodies, &self->cut, &self->opened, &self->strays, &self->chars, &self->widths};
    for (int i = 0; fits && i < 7; i++) fits = (*into[i] = numbers_for(lists[i], lines)) != NULL;
    fits = fits && (self->page = numbers_of(page, &self->of_page)) && (self->sides = sides_of(grams, tails, heads, lines)) &&
           (self->ends = rows_for(ends, lines, &self->of_end)) && (self->starts = rows_for(starts, lines, &self->of_start));
    found = self->of_end + self->of_start + self->of_page;
    if (fits && found > 1 << 16) {
        PyErr_SetString(PyExc_ValueError, "too many signs");
        fits = 0;
    }
    fits = fits && stretches_told(self, edge) && steps_chosen(self, near, looked_at, gain, alike);
    if (!fits) Py_CLEAR(self);
    return (PyObject *)self;
}

PyDoc_STRVAR(steps_seams_doc, "seams(): the lines before, and those behind, the seams of the possible steps.");
static PyObject *steps_seams(Steps *self, PyObject *Py_UNUSED(none)) {
    int32_t *seams = table_of(self->steps, 2, sizeof(int32_t));
    if (!seams) return NULL;
    for (Py_ssize_t a = 0, n = 0; a < self->count; a++)
        for (; n < self->begins[a + 1]; n++) seams[2 * n] = self->high[a], seams[2 * n + 1] = self->low[self->to[n]];
    PyObject *out = two_lists(seams, self->steps);
    PyMem_Free(seams);
    return out;
}

/* How much of a headline's words stand in a stretch, -1 without a headline. */
static double claim_of(const Steps *self, int32_t title, Py_ssize_t b) {
    return title < 0 ? -1.0 : or_none(self->told[title * self->count + b]) / self->title_sizes[title];
}

static double has_head(const Steps *self, Py_ssize_t k) { return (double)(self->headed[k + 1] - self->headed[k]); }

static double within(double value, double least, double most) { return value < least ? least : value > most ? most : value; }

/* How far a value is ahead of the best other one in its row and in its column. */
typedef struct {
    Lead *rows, *columns;
} Leads;

static int leads_told(const Steps *self, const double *values, Leads *out) {
    out->rows = leads_of(self->count, FAR), out->columns = leads_of(self->count, FAR);
    if (!out->rows || !out->columns) return 0;
    for (Py_ssize_t a = 0, n = 0; a < self->count; a++)
        for (; n < self->begins[a + 1]; n++) {
            leads(&out->rows[a], values[n], self->to[n]);
            leads(&out->columns[self->to[n]], values[n], a);
        }
    return 1;
}

static void leads_freed(Leads *all) {
    PyMem_Free(all->rows);
    PyMem_Free(all->columns);
}

static double *with_lead(double *sign, const Leads *all, Py_ssize_t a, Py_ssize_t b, double value) {
    *sign++ = value;
    *sign++ = value - other_than(&all->rows[a], b);
    *sign++ = value - other_than(&all->columns[b], a);
    return sign;
}

static double *with_these(double *sign, const double *others, Py_ssize_t count) {
    memcpy(sign, others, (size_t)count * sizeof(double));
    return sign + count;
}

#define OF_A_SEAM 5
#define OF_A_STEP 21 /* what a row has beside the signs of its lines, of their seam and of the page */

PyDoc_STRVAR(steps_rows_doc, "rows(bridges, points): the signs of every possible step; those of its seam that words tell are given.");
static PyObject *steps_rows(Steps *self, PyObject *args) {
    PyObject *of_bridges, *of_points;
    if (!PyArg_ParseTuple(args, "OO", &of_bridges, &of_points)) return NULL;
    double *bridges = numbers_for(of_bridges, self->steps), *points = bridges ? numbers_for(of_points, self->steps) : NULL;
    Leads gain = {0}, like = {0}, edge = {0};
    Rows *out = NULL;
    int fits = points && leads_told(self, self->gains, &gain) && leads_told(self, self->alike, &like) && leads_told(self, self->edged, &edge);
    if (fits) out = rows_made(self->steps, self->of_end + self->of_start + OF_A_SEAM + OF_A_STEP + self->of_page);
    for (Py_ssize_t a = 0, n = 0; out && a < self->count; a++)
        for (; n < self->begins[a + 1]; n++) {
            int32_t b = self->to[n], end = self->high[a], start = self->low[b], home = self->home[a], other = self->home[b];
            double *sign = out->signs + n * out->width, width = self->widths[end] - self->widths[start];
            Py_ssize_t first = a < b ? a : b, last = a < b ? b : a;
            out->pairs[2 * n] = (int32_t)a, out->pairs[2 * n + 1] = b;
            sign = with_these(sign, self->ends + end * self->of_end, self->of_end);
            sign = with_these(sign, self->starts + start * self->of_start, self->of_start);
            *sign++ = bridges[n];
            *sign++ = self->opened[end] + 2.0 * self->strays[start];
            *sign++ = likeness_of(self->likes, self->nodes[end], self->nodes[start]);
            *sign++ = self->widths[end] < WIDEST && self->widths[start] < WIDEST ? fabs(width) : WIDEST;
            *sign++ = points[n];
            *sign++ = within((double)(start - end), -60.0, 60.0);
            *sign++ = within((double)(b - a), -15.0, 15.0);
            *sign++ = b == a + 1;
            *sign++ = within((double)(self->headed[last + 1] - self->headed[first + 1]), 0.0, 5.0);
            sign = with_lead(sign, &gain, a, b, self->gains[n]);
            sign = with_lead(sign, &like, a, b, self->alike[n]);
            sign = with_lead(sign, &edge, a, b, self->edged[n]);
            *sign++ = has_head(self, a);
            *sign++ = has_head(self, b);
            *sign++ = self->letters[a];
            *sign++ = self->letters[b];
            double claimed = claim_of(self, home, b);
            *sign++ = claimed;
            *sign++ = claim_of(self, other, b);
            *sign++ = claimed - other_than(&self->claims[b], home);
            *sign++ = home == other;
            with_these(sign, self->page, self->of_page);
        }
    leads_freed(&gain);
    leads_freed(&like);
    leads_freed(&edge);
    PyMem_Free(bridges);
    PyMem_Free(points);
    return (PyObject *)out;
}

/* The best of each stretch's steps, or of those that lead to it, by one of three tables. */
static double *bests_of(const Steps *self, int columns) {
    double *out = table_of(self->count, 3, sizeof(double));
    char *known = table_of(self->count, 1, 1);
    const double *tables[3] = {self->gains, self->alike, self->edged};
    for (Py_ssize_t a = 0, n = 0; out && known && a < self->count; a++)
        for (; n < self->begins[a + 1]; n++) {
            Py_ssize_t k = columns ? self->to[n] : a;
            for (int i = 0; i < 3; i++)
                if (!known[k] || tables[i][n] > out[3 * k + i]) out[3 * k + i] = tables[i][n];
            known[k] = 1;
        }
    for (Py_ssize_t k = 0; out && known && k < self->count; k++)
        if (!known[k]) out[3 * k] = out[3 * k + 1] = out[3 * k + 2] = FAR;
    if (!known) PyMem_Free(out), out = NULL;
    PyMem_Free(known);
    return out;
}

PyDoc_STRVAR(end_rows_doc, "end_rows(): for each stretch the signs that tell whether an article ends with it.");
static PyObject *steps_end_rows(Steps *self, PyObject *Py_UNUSED(none)) {
    double *bests = bests_of(self, 0);
    Rows *out = bests ? rows_made(self->count, self->of_end + 5 + self->of_page) : NULL;
    for (Py_ssize_t a = 0; out && a < self->count; a++) {
        double *sign = with_these(out->signs + a * out->width, self->ends + self->high[a] * self->of_end, self->of_end);
        sign = with_these(sign, bests + 3 * a, 3);
        *sign++ = self->letters[a];
        *sign++ = has_head(self, a);
        with_these(sign, self->page, self->of_page);
    }
    PyMem_Free(bests);
    return (PyObject *)out;
}

PyDoc_STRVAR(start_rows_doc, "start_rows(): for each stretch the signs that tell whether an article begins with it.");
static PyObject *steps_start_rows(Steps *self, PyObject *Py_UNUSED(none)) {
    double *bests = bests_of(self, 1);
    Rows *out = bests ? rows_made(self->count, self->of_start + 6 + self->of_page) : NULL;
    for (Py_ssize_t b = 0; out && b < self->count; b++) {
        double *sign = with_these(out->signs + b * out->width, self->starts + self->low[b] * self->of_start, self->of_start);
        sign = with_these(sign, bests + 3 * b, 3);
        *sign++ = self->letters[b];
        *sign++ = has_head(self, b);
        *sign++ = claim_of(self, self->home[b], b);
        with_these(sign, self->page, self->of_page);
    }
    PyMem_Free(bests);
    return (PyObject *)out;
}

/* The stretches of each chain, one chain after the other, and where they begin; NULL with an error set. */
static int32_t *chains_taken(PyObject *chains, Py_ssize_t count, Py_ssize_t *begins) {
    int32_t *out = NULL;
    Py_ssize_t used = 0;
    if (!PyList_Check(chains) || PyList_GET_SIZE(chains) != count) goto wrong;
    for (Py_ssize_t k = 0; k < count; k++) {
        Py_ssize_t size;
        if (k >= PyList_GET_SIZE(chains)) goto wrong;
        int32_t *chain = places_of(PyList_GET_ITEM(chains, k), count, &size);
        if (!chain) goto end;
        int32_t *more = size ? PyMem_Realloc(out, (size_t)(used + size) * sizeof(int32_t)) : NULL;
        if (more) {
            out = more;
            memcpy(out + used, chain, (size_t)size * sizeof(int32_t));
        }
        PyMem_Free(chain);
        if (!size) goto wrong;
        if (!more) {
            PyErr_NoMemory();
            goto end;
        }
        begins[k + 1] = used += size;
    }
    if (count) return out;
    return table_of(0, 0, sizeof(int32_t));
wrong:
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "a chain of each stretch is wanted");
end:
    PyMem_Free(out);
    return NULL;
}

/* What a second look is made with. */
typedef struct {
    Py_ssize_t *ahead, *back; /* where the chains begin */
    int32_t *behind, *before;
    double *sizes_ahead, *sizes_back, *headed, *claims, *shared, *likes;
    char *on;
} Again;

static void again_freed(Again *all) {
    void *each[] = {all->ahead, all->back, all->behind, all->before, all->sizes_ahead, all->sizes_back, all->headed,
                    all->claims, all->shared, all->likes, all->on};
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) PyMem_Free(each[i]);
}

/* The chains before and behind each stretch, their sizes and what the second ones share with headlines. */
static int again_begun(const Steps *self, Again *all, PyObject *before, PyObject *behind) {
    Py_ssize_t count = self->count;
    all->ahead = table_of(count + 1, 1, sizeof(Py_ssize_t)), all->back = table_of(count + 1, 1, sizeof(Py_ssize_t));
    all->sizes_ahead = table_of(count, 1, sizeof(double)), all->sizes_back = table_of(count, 1, sizeof(double));
    all->headed = table_of(count, 1, sizeof(double)), all->claims = table_of(count, count, sizeof(double));
    all->shared = table_of(count, 1, sizeof(double)), all->likes = table_of(self->steps, 1, sizeof(double));
    all->on = table_of(count, 1, 1);
    if (!all->ahead || !all->back || !all->sizes_ahead || !all->sizes_back || !all->headed || !all->claims || !all->shared ||
        !all->likes || !all->on || !(all->behind = chains_taken(behind, count, all->ahead)) ||
        !(all->before = chains_taken(before, count, all->back)))
        return 0;
    for (Py_ssize_t k = 0; k < count; k++) {
        double *claims = all->claims + k * count;
        for (Py_ssize_t t = 0; t < count; t++) claims[t] = ABSENT;
        for (Py_ssize_t at = all->back[k]; at < all->back[k + 1]; at++) all->sizes_back[k] += self->sizes[all->before[at]];
        for (Py_ssize_t at = all->ahead[k]; at < all->ahead[k + 1]; at++) {
            int32_t b = all->behind[at];
            all->sizes_ahead[k] += self->sizes[b];
            if (has_head(self, b) > 0.0) all->headed[k] = 1.0;
            for (Py_ssize_t t = 0; t < count; t++)
                if (t != b && self->told[t * count + b] != ABSENT) added(claims, t, self->told[t * count + b]);
        }
        for (Py_ssize_t t = 0; t < count; t++)
            claims[t] = claims[t] == ABSENT || claims[t] == 0.0 ? ABSENT : claims[t] / self->title_sizes[t];
    }
    return 1;
}

/* How alike what stands before and behind each step is. */
static void again_alike(const Steps *self, Again *all) {
    Py_ssize_t count = self->count;
    for (Py_ssize_t a = 0, n = 0; a < count; a++) {
        if (self->begins[a + 1] > self->begins[a])
            for (Py_ssize_t b = 0; b < count; b++) {
                all->shared[b] = self->whole[a * count + b];
                for (Py_ssize_t at = all->back[a] + 1; at < all->back[a + 1]; at++) {
                    double more = self->whole[all->before[at] * count + b];
                    if (more != ABSENT) added(all->shared, b, more);
                }
            }
        for (; n < self->begins[a + 1]; n++) {
            double weight = 0.0;
            Py_ssize_t b = self->to[n];
            for (Py_ssize_t at = all->ahead[b]; at < all->ahead[b + 1]; at++) weight += or_none(all->shared[all->behind[at]]);
            all->likes[n] = weight / sqrt(all->sizes_back[a] * all->sizes_ahead[b]);
        }
    }
}

PyDoc_STRVAR(again_doc,
    "again(rows, chances, before, behind, logs_before, logs_behind, least): the rows of steps likelier than ``least`` once\n"
    "more, with what the chains of a first solution tell; each chain of ``before`` begins with its own stretch.");
static PyObject *steps_again(Steps *self, PyObject *args) {
    PyObject *of_chances, *before, *behind, *logs_before, *logs_behind;
    Rows *rows, *out = NULL;
    double least, *chances = NULL, *log_before = NULL, *log_behind = NULL;
    Py_ssize_t count = self->count, kept = 0;
    if (!PyArg_ParseTuple(args, "O!OOOOOd", rows_type, &rows, &of_chances, &before, &behind, &logs_before, &logs_behind, &least))
        return NULL;
    if (rows->count != self->steps) return PyErr_Format(PyExc_ValueError, "not these rows");
    Again all = {0};
    Leads sure = {0}, ahead = {0};
    int fits = (chances = numbers_for(of_chances, self->steps)) && (log_before = numbers_for(logs_before, count)) &&
               (log_behind = numbers_for(logs_behind, count)) && again_begun(self, &all, before, behind);
    if (fits) again_alike(self, &all);
    fits = fits && leads_told(self, chances, &sure) && leads_told(self, all.likes, &ahead);
    for (Py_ssize_t n = 0; fits && n < self->steps; n++) kept += !(chances[n] < least);
    if (fits) out = rows_made(kept, rows->width + 11);
    for (Py_ssize_t a = 0, n = 0, row = 0; out && a < count; a++)
        for (; n < self->begins[a + 1]; n++) {
            if (chances[n] < least) continue;
            Py_ssize_t b = self->to[n], head = all.before[all.back[a + 1] - 1];
            const double *claims = all.claims + b * count;
            double *sign = with_these(out->signs + row * out->width, rows->signs + n * rows->width, rows->width);
            out->pairs[2 * row] = (int32_t)a, out->pairs[2 * row + 1] = (int32_t)b;
            double own = has_head(self, head) > 0.0 ? or_none(claims[head]) : -1.0, other = ABSENT;
            for (Py_ssize_t at = all.ahead[b]; at < all.ahead[b + 1]; at++) all.on[all.behind[at]] = 1;
            for (Py_ssize_t t = 0; t < count; t++)
                if (t != head && !all.on[t] && claims[t] != ABSENT && claims[t] > other) other = claims[t];
            for (Py_ssize_t at = all.ahead[b]; at < all.ahead[b + 1]; at++) all.on[all.behind[at]] = 0;
            sign = with_lead(sign, &sure, a, b, chances[n]);
            sign = with_lead(sign, &ahead, a, b, all.likes[n]);
            *sign++ = own;
            *sign++ = own - or_none(other);
            *sign++ = log_before[a];
            *sign++ = log_behind[b];
            *sign++ = all.headed[b];
            row++;
        }
    again_freed(&all);
    leads_freed(&sure);
    leads_freed(&ahead);
    PyMem_Free(chances);
    PyMem_Free(log_before);
    PyMem_Free(log_behind);
    return (PyObject *)out;
}

PyDoc_STRVAR(steps_sizes_doc, "sizes(): how many pairs of characters each stretch has, 8 at least.");
static PyObject *steps_sizes(Steps *self, PyObject *Py_UNUSED(none)) { return list_of(self->sizes, self->count); }

static PyMethodDef steps_methods[] = {
    {"seams", (PyCFunction)steps_seams, METH_NOARGS, steps_seams_doc},
    {"rows", (PyCFunction)steps_rows, METH_VARARGS, steps_rows_doc},
    {"again", (PyCFunction)steps_again, METH_VARARGS, again_doc},
    {"end_rows", (PyCFunction)steps_end_rows, METH_NOARGS, end_rows_doc},
    {"start_rows", (PyCFunction)steps_start_rows, METH_NOARGS, start_rows_doc},
    {"sizes", (PyCFunction)steps_sizes, METH_NOARGS, steps_sizes_doc},
    {0},
};
static PyType_Slot steps_slots[] = {
    {Py_tp_new, steps_new},
    {Py_tp_dealloc, steps_freed},
    {Py_tp_methods, steps_methods},
    {Py_tp_doc, "Steps(likes, grams, nodes, low, high, tails, heads, ends, starts, page, lists, limits): what may follow what."},
    {0},
};
static PyType_Spec steps_spec = {"core.compiled._compiled.Steps", sizeof(Steps), 0, Py_TPFLAGS_DEFAULT, steps_slots};

/* ---- the module */

PyDoc_STRVAR(counted_doc, "counted(text, sets, first): how many characters are in each set, how many are digits, and of the first ones.");
static PyObject *counted(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *text, *sets;
    Py_ssize_t first, digits = 0, begins = 0;
    if (!PyArg_ParseTuple(args, "UO!n", &text, &PyTuple_Type, &sets, &first)) return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(sets), size = PyUnicode_GET_LENGTH(text);
    PyObject *out = PyTuple_New(count + 2);
    for (Py_ssize_t k = 0; out && k < count; k++) {
        PyObject *set = PyTuple_GET_ITEM(sets, k), *number = NULL;
        Py_ssize_t found = 0;
        if (text_taken(set)) {
            for (Py_ssize_t i = 0; i < size; i++)
                for (Py_ssize_t n = 0; n < PyUnicode_GET_LENGTH(set); n++)
                    found += PyUnicode_READ_CHAR(text, i) == PyUnicode_READ_CHAR(set, n);
            number = PyLong_FromSsize_t(found);
        }
        if (!number) Py_CLEAR(out);
        else PyTuple_SET_ITEM(out, k, number);
    }
    for (Py_ssize_t i = 0; i < size; i++)
        if (Py_UNICODE_ISDIGIT(PyUnicode_READ_CHAR(text, i))) digits++, begins += i < first;
    for (int i = 0; out && i < 2; i++) {
        PyObject *number = PyLong_FromSsize_t(i ? begins : digits);
        if (!number) Py_CLEAR(out);
        else PyTuple_SET_ITEM(out, count + i, number);
    }
    return out;
}

PyDoc_STRVAR(neighbours_doc, "neighbours(text, most): the pairs of Chinese characters side by side in a text's first ones.");
static PyObject *neighbours(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *text;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(args, "Un", &text, &most)) return NULL;
    int kind = PyUnicode_KIND(text), was = 0;
    const void *characters = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    PyObject *out = PyFrozenSet_New(NULL);
    for (Py_ssize_t i = 0; out && i < size && i < most; i++) {
        Py_UCS4 character = PyUnicode_READ(kind, characters, i);
        int is = character >= 0x3400 && character <= 0x9FFF;
        if (was && is) {
            Py_UCS2 both[2] = {(Py_UCS2)PyUnicode_READ(kind, characters, i - 1), (Py_UCS2)character};
            PyObject *pair = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, both, 2);
            if (!pair || PySet_Add(out, pair) < 0) Py_CLEAR(out);
            Py_XDECREF(pair);
        }
        was = is;
    }
    return out;
}

static PyMethodDef functions[] = {
    {"neighbours", (PyCFunction)neighbours, METH_VARARGS, neighbours_doc},
    {"counted", (PyCFunction)counted, METH_VARARGS, counted_doc},
    {0},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_compiled", "The loops of reading, compiled.", -1, functions, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__compiled(void) {
    PyObject *module = PyModule_Create(&definition);
    if (!module) return NULL;
    PyType_Spec *specs[] = {&rows_spec, &sums_spec, &grams_spec, &heads_spec, &lattice_spec, &likes_spec, &steps_spec};
    PyTypeObject **kept[] = {&rows_type, NULL, &grams_type, NULL, NULL, &likes_type, NULL};
    int done = PyModule_AddIntConstant(module, "VERSION", VERSION) == 0;
    for (size_t i = 0; done && i < sizeof specs / sizeof *specs; i++) {
        PyTypeObject *type = type_added(module, specs[i]);
        done = type != NULL;
        if (kept[i] && done) *kept[i] = type; /* as long as the program runs */
        else Py_XDECREF(type);
    }
    if (!done) Py_CLEAR(module);
    return module;
}
