"""The append-only record of operations: every act writes one event, a sealer chains them."""
