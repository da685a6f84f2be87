"""The examples for people who train, run as they stand, with stand-ins for the frameworks or with the real ones."""

import contextlib
import importlib
import importlib.util
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import types
import unittest
import warnings

import rdbounds

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "Tests/Examples"
POINTS = ROOT / "Tests/TrainedPointsTests/Data/tfc_toy_sources.csv"

# The ramp's uniform code of eight cells: 3 bits, and twice the least distortion at them.
RATE, DISTORTION = 3.0, 2 * 15 / 8 / 96


def is_real(*names):
    return os.environ.get("RDBOUNDS_LONG") == "1" and all(importlib.util.find_spec(name) for name in names)


def example(name):
    """An example's module, anew."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def stand_in(name, **members):
    """A module of a framework that is not needed for what is tested."""
    module, before = types.ModuleType(name), sys.modules.get(name)
    vars(module).update(members)
    sys.modules[name] = module
    try:
        yield
    finally:
        sys.modules.pop(name)
        if before is not None:
            sys.modules[name] = before


class Callbacks(unittest.TestCase):
    def judged(self, judge, said):
        verdict = judge.verdicts.verdict[0] if hasattr(judge.verdicts, "columns") else judge.verdicts[0]["verdict"]
        self.assertEqual(verdict, "suboptimal")
        self.assertIn("1 point: 0 impossible, 0 optimal, 1 suboptimal", said.getvalue())

    def test_keras_stand_in(self):
        callbacks = types.SimpleNamespace(Callback=type("Callback", (), {}))
        with stand_in("keras", callbacks=callbacks), contextlib.redirect_stdout(io.StringIO()) as said:
            judge = example("keras_callback").Judge("ramp", tolerance=0.2)
            judge.on_train_end({"loss": 1.0, "val_rate": RATE, "val_distortion": DISTORTION})
        self.judged(judge, said)

    def test_lightning_stand_in(self):
        with stand_in("lightning", Callback=type("Callback", (), {})), contextlib.redirect_stdout(io.StringIO()) as said:
            judge = example("lightning_callback").Judge("ramp")
            trainer = types.SimpleNamespace(callback_metrics={"val_rate": RATE, "val_distortion": DISTORTION})
            judge.on_fit_end(trainer, None)
        self.judged(judge, said)

    @unittest.skipUnless(is_real("keras", "torch"), "Keras and PyTorch are for make test-long")
    def test_keras(self):
        os.environ.setdefault("KERAS_BACKEND", "torch")
        import keras
        import numpy

        def rate(truth, prediction):
            return keras.ops.mean(0 * prediction) + RATE

        def distortion(truth, prediction):
            return keras.ops.mean(0 * prediction) + DISTORTION

        model = keras.Sequential([keras.layers.Dense(1)])
        model.compile(loss="mse", metrics=[rate, distortion])
        data = numpy.zeros((4, 2)), numpy.zeros((4, 1))
        with contextlib.redirect_stdout(io.StringIO()) as said:
            judge = example("keras_callback").Judge("ramp")
            model.fit(*data, validation_data=data, epochs=2, verbose=0, callbacks=[judge])
        self.judged(judge, said)

    @unittest.skipUnless(is_real("lightning", "torch"), "Lightning is for make test-long")
    def test_lightning(self):
        import lightning
        import torch

        class Model(lightning.LightningModule):
            def __init__(self):
                super().__init__()
                self.layer = torch.nn.Linear(2, 1)

            def training_step(self, batch, index):
                return self.layer(batch[0]).square().mean()

            def validation_step(self, batch, index):
                self.log_dict({"val_rate": torch.tensor(RATE), "val_distortion": torch.tensor(DISTORTION)})

            def configure_optimizers(self):
                return torch.optim.SGD(self.parameters(), lr=0.1)

        data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.zeros(4, 2)))
        with contextlib.redirect_stdout(io.StringIO()) as said, tempfile.TemporaryDirectory() as folder:
            judge = example("lightning_callback").Judge("ramp")
            trainer = lightning.Trainer(
                max_epochs=1, callbacks=[judge], logger=False, enable_checkpointing=False, enable_progress_bar=False,
                enable_model_summary=False, accelerator="cpu", default_root_dir=folder)
            trainer.fit(Model(), data, data)
        self.judged(judge, said)


class Gates(unittest.TestCase):
    """A run that is far from the limit stops the line, one that is near does not."""

    def status(self, line, where):
        with tempfile.TemporaryDirectory() as folder:
            results = pathlib.Path(folder, "results")
            results.mkdir()
            lines = POINTS.read_text().splitlines(keepends=True)
            (results / "points.csv").write_text("".join(line for i, line in enumerate(lines) if i == 0 or where(line)))
            line = f'rdbounds() {{ "{rdbounds.program()}" "$@"; }}\n{line}'
            return subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True).returncode

    def check(self, line):
        self.assertEqual(self.status(line, lambda point: point.startswith("ramp_")), 0)
        self.assertEqual(self.status(line, lambda point: point.startswith("circle_")), 1)

    def test_workflow(self):
        text = (EXAMPLES / "workflow.yml").read_text()
        lines = re.findall(r"run: (rdbounds .*)", text)
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.check(line)

    def test_pre_commit(self):
        text = (EXAMPLES / "pre-commit-config.yaml").read_text()
        entry, files = re.search(r"entry: (.*)", text)[1], re.search(r"files: (.*)", text)[1]
        self.assertRegex("results/points.csv", files)
        # pre-commit puts the names of files last.
        self.check(f"{entry} results/points.csv")


@unittest.skipUnless(
    all(importlib.util.find_spec(name) for name in ("nbclient", "nbformat", "ipykernel", "pandas")) and shutil.which("gnuplot"),
    "nbclient, ipykernel, pandas or gnuplot is not installed; make test-long installs the packages")
class Notebooks(unittest.TestCase):
    def test_verify_a_run(self):
        import nbclient
        import nbformat

        notebook = nbformat.read(EXAMPLES / "verify_a_run.ipynb", as_version=4)
        nbformat.validate(notebook)
        self.assertTrue(all(not cell.get("outputs") for cell in notebook.cells), "it is committed without outputs")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nbclient.NotebookClient(
                notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(EXAMPLES)}}).execute()
        shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        text = "\n".join(str(output.get("text", "")) + str(output.get("data", {})) for output in shown)
        self.assertIn("0 impossible", text)
        self.assertIn("image/svg+xml", text)
        self.assertIn("circle lower: R >= ", text)
        self.assertNotIn("NOT PROVED", text)


if __name__ == "__main__":
    unittest.main()
