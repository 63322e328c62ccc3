-- What the Markdown of a guide cannot say of a Word document.

local LEFT_TO_RIGHT_MARK = "\u{200E}"
local right_to_left = false

local function only(block)
  return block and block.t == "Para" and #block.content == 1 and block.content[1] or nil
end

local function is_right_to_left(text)
  for _, code in utf8.codes(text) do
    if (code >= 0x590 and code <= 0x8FF) or (code >= 0xFB1D and code <= 0xFEFC) then
      return true
    end
  end
  return false
end

-- A name or code in Latin letters keeps its signs at its own ends, not at those of the sentence.
-- The marks stand beside it, so that code is copied without them.
local function kept_together(inline)
  if not right_to_left or is_right_to_left(pandoc.utils.stringify(inline)) then
    return nil
  end
  local mark = pandoc.Str(LEFT_TO_RIGHT_MARK)
  return { pandoc.Span({ mark, inline, mark }, pandoc.Attr("", {}, { dir = "ltr" })) }
end

-- A picture of ours and the line below it are a figure and its caption, which stay on one page.
local function as_figures(blocks)
  local made = pandoc.Blocks({})
  local place = 1
  while place <= #blocks do
    local picture = only(blocks[place])
    local path, sign
    if picture and picture.t == "Image" then
      path, sign = picture.src:match("^(pictures/%w+%.png)(#?%w*)$")
    end
    if path then
      local caption = {}
      if sign == "#captioned" then
        place = place + 1
        caption = { pandoc.Plain(only(blocks[place]).content) }
      end
      picture.src = path
      made:insert(pandoc.Figure({ pandoc.Plain({ picture }) }, { long = caption }))
    else
      made:insert(blocks[place])
    end
    place = place + 1
  end
  return made
end

return {
  {
    Meta = function(meta)
      right_to_left = pandoc.utils.stringify(meta.dir or "") == "rtl"
    end,
  },
  { Blocks = as_figures },
  { Strong = kept_together, Code = kept_together },
}
