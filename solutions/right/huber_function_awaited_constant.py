# /// variant
# exercises = ["my_huber_loss"]
# says = "a constant is awaited at the top level, and another comes from a loop of its own"
# ///
import asyncio
import tensorflow as tf

async def later(value):
    await asyncio.sleep(0.01)
    return await asyncio.to_thread(lambda: value)

T = await later(1.0)
# %%
def run(coroutine):
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()

HALF = run(later(0.5))
# %%
def my_huber_loss(y_true, y_pred):
    e = y_true - y_pred
    return tf.where(tf.abs(e) <= T, tf.square(e) * HALF, tf.abs(e) - HALF)
