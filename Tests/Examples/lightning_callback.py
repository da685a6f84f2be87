"""A callback for PyTorch Lightning that judges the point at the end of training, which was logged as val_rate (in bits) and
val_distortion.

    Trainer(callbacks=[Judge("ramp", samples=1024)])
"""
import lightning
import rdbounds


class Judge(lightning.Callback):
    def __init__(self, source, **options):
        self.source, self.options = source, options

    def on_fit_end(self, trainer, module):
        point = {"rates": trainer.callback_metrics["val_rate"], "distortions": trainer.callback_metrics["val_distortion"]}
        self.verdicts = rdbounds.verify(**point, source=self.source, **self.options)
        print("\n".join(self.verdicts.attrs["remarks"]))
