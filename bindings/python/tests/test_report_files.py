"""Files that reports are made of: every kind, and what is wrong with some."""

import io
import zipfile

import numpy as np
import pytest

from logitude.__main__ import main
from logitude.report import report
from report_page import Page


def save_npz(save):
    def write(folder, x, y):
        save(folder / "all.npz", logits=x, labels=y)
        return [folder / "all.npz"]

    return write


def save_npy(type, labels=np.int64):
    def write(folder, x, y):
        np.save(folder / "x.npy", x.astype(type))
        np.save(folder / "y.npy", y.astype(labels))
        return [folder / "x.npy", folder / "y.npy"]

    return write


def save_bfloat16(folder, x, y):
    ml_dtypes = pytest.importorskip("ml_dtypes")
    return save_npy(ml_dtypes.bfloat16)(folder, x, y)


def save_text(delimiter, ending):
    def write(folder, x, y):
        path = folder / f"all{ending}"
        names = [f"c{k}" for k in range(x.shape[1])]
        names.insert(2, "label")
        rows = np.insert(x.astype(object), 2, y, axis=1)
        lines = [delimiter.join(map(str, row)) for row in rows]
        path.write_text("\n".join([delimiter.join(names), *lines]) + "\n\n")
        return [path]

    return write


def save_parquet(lists):
    def write(folder, x, y):
        pa = pytest.importorskip("pyarrow")
        import pyarrow.parquet as pq

        if lists:
            columns = {"logits": pa.array(x.tolist(), lists(pa)), "label": y}
        else:
            columns = {"label": y, **{f"c{k}": x[:, k] for k in range(x.shape[1])}}
        pq.write_table(pa.table(columns), folder / "all.parquet", row_group_size=700)
        return [folder / "all.parquet"]

    return write


KINDS = {
    "float32": save_npy("<f4"),
    "float64": save_npy("<f8", np.uint8),
    "float16": save_npy("<f2", np.int32),
    "big-endian": save_npy(">f4", ">i2"),
    "bfloat16": save_bfloat16,
    "npz": save_npz(np.savez),
    "compressed npz": save_npz(np.savez_compressed),
    "csv": save_text(",", ".csv"),
    "semicolons": save_text(";", ".csv"),
    "tsv": save_text("\t", ".tsv"),
    "parquet": save_parquet(None),
    "parquet of lists": save_parquet(lambda pa: pa.list_(pa.float32())),
    "parquet of fixed lists": save_parquet(lambda pa: pa.list_(pa.float64(), 12)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_gives_the_same_numbers(kind, many_classes, tmp_path):
    x, y = many_classes
    x = np.rint(x * 4) / 4  # what all types hold exactly
    x[x == 0] = 0  # no -0
    memory = Page(report(x, y)).numbers
    made = Page(report(*KINDS[kind](tmp_path, x, y))).numbers
    for version in ("before", "temperature"):
        got, right = (n["versions"][version]["values"] for n in (made, memory))
        assert got == pytest.approx(right, rel=2e-4 if version == "temperature" else 1e-5,
                                    abs=1e-6)  # fmt: skip




def run(*arguments):
    return main(["report", *map(str, arguments)])


def changed(array, at, value):
    array = np.array(array)
    array[at] = value
    return array


def npy(array, fortran=False):
    file = io.BytesIO()
    np.save(file, np.asfortranarray(array) if fortran else array)
    return file.getvalue()


X, Y = np.zeros((50, 3), np.float32), np.arange(50) % 3
WRONG = {
    "no labels": ({"x.npy": npy(X)}, "no labels with it"),
    "no file": ({}, "No such file"),
    "not npy": ({"x.npy": b"hello", "y.npy": npy(Y)}, "x.npy is not a .npy file"),
    "empty": ({"x.npy": b"", "y.npy": npy(Y)}, "x.npy is not a .npy file"),
    "bad header": (
        {"x.npy": npy(X).replace(b"descr", b"dxscr"), "y.npy": npy(Y)}, "makes no sense"
    ),
    "truncated": ({"x.npy": npy(X)[:-1], "y.npy": npy(Y)}, "truncated"),
    "labels truncated": ({"x.npy": npy(X), "y.npy": npy(Y)[:-1]}, "y.npy ends before"),
    "fortran": ({"x.npy": npy(X, True), "y.npy": npy(Y)}, "Fortran order"),
    "objects": ({"x.npy": npy(X), "y.npy": npy(Y.astype(object))}, "Python objects"),
    "complex": ({"x.npy": npy(X + 1j), "y.npy": npy(Y)}, "complex"),
    "3-D": ({"x.npy": npy(X[None]), "y.npy": npy(Y)}, "(1, 50, 3)"),
    "no rows": ({"x.npy": npy(X[:0]), "y.npy": npy(Y[:0])}, "no rows"),
    "no classes": ({"x.npy": npy(X[:, :0]), "y.npy": npy(Y)}, "(50, 0)"),
    "swapped": ({"x.npy": npy(Y), "y.npy": npy(X)}, "each other's place"),
    "label too large": (
        {"x.npy": npy(X), "y.npy": npy(changed(Y, 7, 3))}, "label of row 7 is 3, outside 0 .. 2"
    ),
    "label negative": ({"x.npy": npy(X), "y.npy": npy(changed(Y, 49, -1))}, "row 49 is -1"),
    "float labels": ({"x.npy": npy(X), "y.npy": npy(Y * 1.0)}, "labels are integers"),
    "one-hot": ({"x.npy": npy(X), "y.npy": npy(np.eye(3, dtype=int)[Y])}, "one a row"),
    "fewer labels": ({"x.npy": npy(X), "y.npy": npy(Y[1:])}, "49 rows"),
    "NaN": ({"x.npy": npy(changed(X, (9, 1), np.nan)), "y.npy": npy(Y)}, "row 9"),
    "infinite": ({"x.npy": npy(changed(X, (9, 1), np.inf)), "y.npy": npy(Y)}, "row 9"),
    "all -inf": ({"x.npy": npy(changed(X, 9, -np.inf)), "y.npy": npy(Y)}, "row 9"),
    "npz without": ({"x.npz": b"PK"}, "not a .npz file"),
    "no kind": ({"x.dat": b""}, "no known kind"),
    "csv without label": ({"x.csv": b"a,b\n1,0\n"}, "no column 'label', only a, b"),
    "csv of words": ({"x.csv": b"a,label\nx,0\n"}, "could not convert"),
    "csv with gaps": ({"x.csv": b"a,b,label\n1,2,0\n1,0\n"}, "x.csv"),
    "csv with halves": ({"x.csv": b"a,b,label\n1,2,0.5\n"}, "label 0.5 of row 0"),
    "csv of a header": ({"x.csv": b"a,b,label\n"}, "no rows"),
    "csv of labels": ({"x.csv": b"label\n1\n"}, "no columns of scores"),
    "csv not text": ({"x.csv": b"a,label\n\xff\xfe,0\n"}, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_in_a_line(case, tmp_path, capsys):
    files, told = WRONG[case]
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    output = tmp_path / "out.html"
    given = [tmp_path / name for name in files] or [tmp_path / "x.npy", tmp_path / "y.npy"]
    assert run(*given, "-o", output, "-q", "--calibrators", "none") == 2
    said = capsys.readouterr().err
    assert said.startswith("logitude report: error: ") and said.count("\n") == 1, said
    assert told in said
    assert {path.name for path in tmp_path.iterdir()} == set(files)


@pytest.mark.parametrize("kind", ["npz", "compressed npz", "parquet", "float16", "csv"])
def test_damage_is_told_of(kind, many_classes, tmp_path, capsys):
    """A file that is cut short or overwritten anywhere gives a page or one line, and no more."""
    paths = KINDS[kind](tmp_path, *many_classes)
    whole, rng = paths[0].read_bytes(), np.random.default_rng(0)
    for trial in range(24):
        cut = bytearray(whole[: int(rng.integers(1, len(whole)))] if trial % 2 else whole)
        at = int(rng.integers(0, len(cut) if trial < 12 else min(len(cut), 200)))
        cut[at : at + 4] = rng.bytes(len(cut[at : at + 4]))
        paths[0].write_bytes(bytes(cut))
        output = tmp_path / "out.html"
        status = run(*paths, "-o", output, "-q")
        said = capsys.readouterr().err
        assert (status, said.count("\n"), output.exists()) in ((0, 0, True), (2, 1, False)), said
        output.unlink(missing_ok=True)


def test_a_member_of_an_archive_is_read_at_its_place(tmp_path):
    """Local headers may have extra fields of other lengths than the directory tells."""
    with zipfile.ZipFile(tmp_path / "x.npz", "w") as archive:
        for name, array in (("logits", X), ("labels", Y)):
            info = zipfile.ZipInfo(f"{name}.npy")
            info.extra = b"\x99\x99\x04\x00abcd"
            archive.writestr(info, npy(array))
    assert Page(report(tmp_path / "x.npz", calibrators=())).numbers["rows"] == 50
