# Makes board.bundle.js and board.bundle.css of the page's own files and of the packages of npm.
export NODE_PATH="$(dirname "$(command -v esbuild)")/../node_modules"
esbuild board.js --bundle --format=esm --outfile=board.bundle.js --log-level=warning
node -p 'require(process.env.NODE_PATH + "/prosemirror-view/package.json").version' >version.txt
