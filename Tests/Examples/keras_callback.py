"""A Keras callback that judges the point at the end of training, whose metrics are called rate (in bits) and distortion.

    model.fit(..., validation_data=..., callbacks=[Judge("ramp", samples=1024)])
"""
import keras
import rdbounds


class Judge(keras.callbacks.Callback):
    def __init__(self, source, **options):
        super().__init__()
        self.source, self.options = source, options

    def on_train_end(self, logs=None):
        point = {"rates": logs["val_rate"], "distortions": logs["val_distortion"]}
        self.verdicts = rdbounds.verify(**point, source=self.source, **self.options)
        print("\n".join(self.verdicts.attrs["remarks"]))
