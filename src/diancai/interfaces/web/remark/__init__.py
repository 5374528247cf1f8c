"""Pages of the stage remark: writing down what was said, pasting chats, importing sheets."""
