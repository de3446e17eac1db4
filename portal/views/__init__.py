"""Streamlit pages, one each; they parse the address, ask, and show."""
