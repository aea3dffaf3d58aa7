"""Travel times: asked, remembered, fitted and said in words."""
