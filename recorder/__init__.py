"""Films a storyboard: stage, browser session, camera, take."""
