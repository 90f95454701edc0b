"""The passes that find entities, compiled: loops over bytes that go forward, and look back over a bounded number of them."""
